import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription";
import { Construct } from "constructs";

export interface CostAnomaliesProps {
  /** First part of the names. */
  readonly name: string;
  /** At least one. */
  readonly emails: readonly string[];
  /** Least impact in US dollars that is worth a mail. */
  readonly threshold: number;
  /** A monitor of AWS services that the account has already. @default a new one */
  readonly monitorArn?: string;
}

/**
 * A mail a day when a service costs more than its own past explains.
 * Source: AWS Cost Management User Guide, "Detecting unusual spend with AWS Cost Anomaly Detection".
 */
export class CostAnomalies extends Construct {
  /** Absent where the account has one already. */
  readonly monitor?: CeAnomalyMonitor;
  readonly subscription: CeAnomalySubscription;

  constructor(scope: Construct, id: string, props: CostAnomaliesProps) {
    super(scope, id);
    if (props.monitorArn === undefined) {
      this.monitor = new CeAnomalyMonitor(this, "monitor", {
        name: `${props.name}-services`,
        monitorType: "DIMENSIONAL",
        monitorDimension: "SERVICE",
      });
    }
    this.subscription = new CeAnomalySubscription(this, "subscription", {
      name: `${props.name}-mails`,
      frequency: "DAILY",
      monitorArnList: [props.monitorArn ?? this.monitor?.arn ?? ""],
      subscriber: props.emails.map((address) => ({ type: "EMAIL", address })),
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(props.threshold)],
        },
      },
    });
  }
}
