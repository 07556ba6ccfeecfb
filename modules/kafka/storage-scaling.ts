import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { Construct } from "constructs";

export interface StorageScalingProps {
  readonly cluster: MskCluster;
  /** GiB that the disk of each broker may grow to. */
  readonly maximumGb: number;
  /** Percent of the disk in use from which on it grows. */
  readonly targetPercent: number;
}

/**
 * Disks that grow by a tenth or 10 GiB when they fill, once in six hours at most, and never shrink. The smallest size is
 * 1, as MSK's own console has it: a disk is as large as the cluster made it.
 * Sources: Amazon MSK Developer Guide, "Automatic scaling for Amazon MSK clusters"; Application Auto Scaling User Guide,
 * "Amazon MSK and Application Auto Scaling".
 */
export class StorageScaling extends Construct {
  readonly target: AppautoscalingTarget;
  readonly policy: AppautoscalingPolicy;

  constructor(scope: Construct, id: string, props: StorageScalingProps) {
    super(scope, id);
    const storage = {
      serviceNamespace: "kafka",
      scalableDimension: "kafka:broker-storage:VolumeSize",
      resourceId: props.cluster.arn,
    };
    this.target = new AppautoscalingTarget(this, "target", {
      ...storage,
      minCapacity: 1,
      maxCapacity: props.maximumGb,
    });
    this.policy = new AppautoscalingPolicy(this, "policy", {
      ...storage,
      name: `${props.cluster.clusterName}-storage`,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
        targetValue: props.targetPercent,
        disableScaleIn: true,
      },
      dependsOn: [this.target],
    });
  }
}
