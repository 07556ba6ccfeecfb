import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  EmrserverlessApplication,
  type EmrserverlessApplicationInitialCapacity,
} from "@cdktf/provider-aws/lib/emrserverless-application";
import { Construct } from "constructs";

/** The size of one worker. */
export interface ServerlessWorker {
  readonly vcpu: number;
  readonly memoryGb: number;
  readonly diskGb: number;
}

export interface ServerlessCapacity {
  /** What all workers have together at most. */
  readonly maximum: ServerlessWorker;
  /** Minutes without a job until the application stops. */
  readonly idleTimeoutMinutes: number;
  readonly driver: ServerlessWorker;
  readonly executor: ServerlessWorker;
  /** Executors that wait for jobs, and one driver with them; 0 for none. */
  readonly initialExecutors: number;
}

export interface ServerlessLogs {
  /** The folder in S3, an `s3://` URI; the bucket's own key encrypts what is there. */
  readonly uri: string;
  readonly logGroupName: string;
  readonly retentionInDays: number;
  readonly keyArn: string;
}

export interface EmrServerlessApplicationProps {
  readonly name: string;
  readonly releaseLabel: string;
  readonly architecture: "arm64" | "x86_64";
  readonly capacity: ServerlessCapacity;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly logs: ServerlessLogs;
}

/**
 * A Spark application of EMR Serverless: it starts when a job is submitted, stops when it idles, and never grows beyond
 * its limits. Logs go to our own bucket and log group; the copy that AWS would keep under a key of its own is turned
 * off. Its disks are encrypted with a key of the service: hashicorp/aws 6.25.0 does not know the setting of another one.
 * What workers say to each other is encrypted by Spark itself, as the release of the jobs says.
 * Source: Amazon EMR Serverless User Guide, "Understanding application behavior", "Storing logs" and "Disk Encryption
 * with KMS CMK".
 */
export class EmrServerlessApplication extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly application: EmrserverlessApplication;

  constructor(scope: Construct, id: string, props: EmrServerlessApplicationProps) {
    super(scope, id);
    const { capacity, logs } = props;
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: logs.logGroupName,
      retentionInDays: logs.retentionInDays,
      kmsKeyId: logs.keyArn,
      tags: { purpose: "Drivers of Spark jobs on EMR Serverless" },
    });
    this.application = new EmrserverlessApplication(this, "application", {
      name: props.name,
      type: "SPARK",
      releaseLabel: props.releaseLabel,
      architecture: props.architecture.toUpperCase(),
      maximumCapacity: sizeOf(capacity.maximum),
      ...(capacity.initialExecutors > 0 ? { initialCapacity: waitingWorkers(capacity) } : {}),
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: capacity.idleTimeoutMinutes },
      networkConfiguration: {
        subnetIds: [...props.subnetIds],
        securityGroupIds: [props.securityGroupId],
      },
      monitoringConfiguration: {
        s3MonitoringConfiguration: { logUri: logs.uri },
        cloudwatchLoggingConfiguration: { enabled: true, logGroupName: this.logGroup.name },
        managedPersistenceMonitoringConfiguration: { enabled: false },
      },
      tags: { Name: props.name },
    });
  }

  get id(): string {
    return this.application.id;
  }

  get arn(): string {
    return this.application.arn;
  }

  get name(): string {
    return this.application.name;
  }
}

/** The words in which the API takes and returns sizes, so that no plan sees a difference. */
function sizeOf({ vcpu, memoryGb, diskGb }: ServerlessWorker) {
  return { cpu: `${vcpu} vCPU`, memory: `${memoryGb} GB`, disk: `${diskGb} GB` };
}

function waitingWorkers(capacity: ServerlessCapacity): EmrserverlessApplicationInitialCapacity[] {
  const waiting = [
    ["Driver", 1, capacity.driver],
    ["Executor", capacity.initialExecutors, capacity.executor],
  ] as const;
  return waiting.map(([initialCapacityType, workerCount, worker]) => ({
    initialCapacityType,
    initialCapacityConfig: { workerCount, workerConfiguration: sizeOf(worker) },
  }));
}
