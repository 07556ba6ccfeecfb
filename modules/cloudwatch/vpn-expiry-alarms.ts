import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps, type Metric } from "./alarm-group";

export interface VpnExpiryAlarmsProps extends AlarmGroupProps {
  /** Id of the Client VPN endpoint. */
  readonly endpoint: string;
  /** ARN of the server's certificate in ACM. */
  readonly certificate: string;
}

/** Long enough before nobody can connect any more. */
const days = 30;

/** ACM sends the days twice a day, Client VPN every five minutes: a day has a value of either. */
const period = 24 * 3600;

/**
 * Alarms on what ends the VPN for everybody when it expires: the list of revoked certificates, and the server's
 * certificate.
 * Sources: AWS Client VPN Administrator Guide, "Amazon CloudWatch metrics for AWS Client VPN"; AWS Certificate Manager User
 * Guide, "Supported CloudWatch metrics".
 */
export class VpnExpiryAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: VpnExpiryAlarmsProps) {
    super(scope, id, props);
    const condition = { comparison: "at_most", threshold: days, period, periods: 1 } as const;
    const list: Metric = {
      namespace: "AWS/ClientVPN",
      name: "CrlDaysToExpiry",
      dimensions: { Endpoint: props.endpoint },
      statistic: "Minimum",
    };
    this.watch(
      "revocation_list",
      {
        severity: "warning",
        says: `The VPN's list of revoked certificates expires within ${days} days; after that nobody can connect.`,
        runbook: "vpn-revocation-list",
      },
      { metric: list },
      condition,
    );
    const certificate: Metric = {
      namespace: "AWS/CertificateManager",
      name: "DaysToExpiry",
      dimensions: { CertificateArn: props.certificate },
      statistic: "Minimum",
    };
    this.watch(
      "certificate",
      {
        severity: "warning",
        says: `The certificate of the VPN's server expires within ${days} days; after that nobody can connect.`,
        runbook: "vpn-certificate",
      },
      { metric: certificate },
      condition,
    );
  }
}
