import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps } from "./alarm-group";

export interface NatAlarmsProps extends AlarmGroupProps {
  /** Ids of the gateways, by zone. */
  readonly gateways: Readonly<Record<string, string>>;
}

/**
 * An alarm on each NAT gateway: a connection that finds no free port is lost, and whoever wanted it sees a time-out.
 * Source: Amazon VPC User Guide, "NAT gateway metrics and dimensions".
 */
export class NatAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: NatAlarmsProps) {
    super(scope, id, props);
    for (const [zone, gateway] of Object.entries(props.gateways)) this.ports(zone, gateway);
  }

  private ports(zone: string, gateway: string): void {
    const dimensions = { NatGatewayId: gateway };
    this.watch(
      `ports_${zone}`,
      {
        severity: "warning",
        says: `The NAT gateway of zone ${zone} had no free port for a connection.`,
        runbook: "nat-ports",
      },
      { metric: { namespace: "AWS/NATGateway", name: "ErrorPortAllocation", dimensions, statistic: "Sum" } },
      { comparison: "above", threshold: 0, period: 300, periods: 2 },
    );
  }
}
