import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { Place } from "../../policies/arn";
import { logGroupKeyPolicy } from "../../policies/kms";
import { flowLogsTrust } from "../../policies/trust";
import { flowLogsPolicy } from "../../policies/vpc";
import { ServiceRole } from "../iam/service-role";
import { EncryptionKey } from "../kms/encryption-key";

export interface FlowLogsProps {
  readonly vpc: Vpc;
  readonly place: Place;
  readonly namePrefix: string;
  /** Which connections are written down: all, or those that were refused. */
  readonly traffic: "ALL" | "REJECT";
  readonly retentionInDays: number;
}

/**
 * Who spoke with whom in the VPC, in a log group. It has a key of its own, since the lake's comes with a later stack, and
 * only CloudWatch Logs may use it, for this log group.
 * Source: Amazon VPC User Guide, "Publish flow logs to CloudWatch Logs".
 */
export class FlowLogs extends Construct {
  readonly key: EncryptionKey;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: ServiceRole;
  readonly flowLog: FlowLog;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { place, namePrefix } = props;
    const name = `/${namePrefix}/vpc-flow-logs`;
    this.key = new EncryptionKey(this, "key", {
      alias: `${namePrefix}-flow-logs`,
      description: `Flow logs of ${namePrefix}`,
      policy: logGroupKeyPolicy(place, name),
    });
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name,
      retentionInDays: props.retentionInDays,
      kmsKeyId: this.key.key.arn,
      tags: { purpose: "Connections in the VPC" },
    });
    this.role = new ServiceRole(this, "writer", {
      name: `${namePrefix}-flow-logs`,
      description: "Flow logs of the VPC",
      trust: flowLogsTrust(place),
      policies: { write: flowLogsPolicy(this.logGroup.arn) },
    });
    this.flowLog = new FlowLog(this, "flow_log", {
      vpcId: props.vpc.id,
      trafficType: props.traffic,
      logDestinationType: "cloud-watch-logs",
      logDestination: this.logGroup.arn,
      iamRoleArn: this.role.arn,
      tags: { Name: `${namePrefix}-flow-logs` },
      dependsOn: [...this.role.permissions],
    });
  }
}
