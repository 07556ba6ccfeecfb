import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps } from "./alarm-group";

export interface VpnAlarmsProps extends AlarmGroupProps {
  /** Id of the Client VPN endpoint. */
  readonly endpoint: string;
  /** Attempts that may fail within a quarter of an hour before it is too many. */
  readonly failures: number;
}

/**
 * An alarm on attempts to come in that failed: somebody's expired certificate, or somebody who tries.
 * Source: AWS Client VPN Administrator Guide, "Amazon CloudWatch metrics for AWS Client VPN".
 */
export class VpnAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: VpnAlarmsProps) {
    super(scope, id, props);
    const { endpoint, failures } = props;
    const name = "AuthenticationFailures";
    this.watch(
      "authentication",
      {
        severity: "warning",
        says: `${failures} attempts to connect to the VPN failed within 15 minutes.`,
        runbook: "vpn-authentication",
      },
      { metric: { namespace: "AWS/ClientVPN", name, dimensions: { Endpoint: endpoint }, statistic: "Sum" } },
      { comparison: "at_least", threshold: failures, period: 900, periods: 1 },
    );
  }
}
