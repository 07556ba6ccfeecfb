import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { MwaaEnvironment } from "@cdktf/provider-aws/lib/mwaa-environment";
import { Construct } from "constructs";
import { layout } from "../../contracts/layout";
import type { ServiceRole } from "../iam/service-role";

/** Where the environment loads its code from. */
export interface AirflowCode {
  readonly bucketArn: string;
  /** Keys of `requirements.txt` and of the `plugins.zip` with its wheels; another content has other keys. */
  readonly packages: { readonly requirements: string; readonly plugins: string };
}

export interface AirflowNetwork {
  /** Exactly two private subnets, in two zones. */
  readonly subnetIds: readonly [string, string];
  readonly securityGroupId: string;
}

export interface AirflowSize {
  readonly environmentClass: string;
  readonly minWorkers: number;
  readonly maxWorkers: number;
  readonly schedulers: number;
}

export interface AirflowEnvironmentProps {
  readonly name: string;
  readonly version: string;
  readonly code: AirflowCode;
  readonly network: AirflowNetwork;
  readonly size: AirflowSize;
  readonly role: ServiceRole;
  readonly keyArn: string;
  readonly settings: AirflowSettings;
}

export interface AirflowLogs {
  readonly level: string;
  readonly retentionInDays: number;
}

export interface AirflowSettings {
  readonly logs: AirflowLogs;
  /** `DAY:HH:MM` in UTC. */
  readonly maintenanceWindow: string;
  /** Airflow's own options, by `section.option`. */
  readonly options: Readonly<Record<string, string>>;
}

/** The log groups of an environment, which MWAA finds by name: `airflow-<environment>-<log>`. */
const logNames = {
  dag_processing: "DAGProcessing",
  scheduler: "Scheduler",
  task: "Task",
  web_server: "WebServer",
  worker: "Worker",
} as const;

/**
 * An MWAA environment with a private web server and all five logs. MWAA writes to log groups of fixed names, and where
 * there are none makes them without an end to what they keep: so they are there before it. The keys of its packages
 * name their content, so that a change of them is a change of the environment; packages and DAG folder have to exist before it.
 * Source: Amazon MWAA User Guide, "Create an Amazon MWAA environment", "Installing Python dependencies" and
 * "Viewing Airflow logs in Amazon CloudWatch".
 */
export class AirflowEnvironment extends Construct {
  readonly logGroups: readonly CloudwatchLogGroup[];
  readonly environment: MwaaEnvironment;

  constructor(scope: Construct, id: string, props: AirflowEnvironmentProps) {
    super(scope, id);
    this.logGroups = this.logs(props);
    this.environment = new MwaaEnvironment(this, "environment", {
      name: props.name,
      airflowVersion: props.version,
      sourceBucketArn: props.code.bucketArn,
      dagS3Path: layout.release.dags.name,
      requirementsS3Path: props.code.packages.requirements,
      pluginsS3Path: props.code.packages.plugins,
      executionRoleArn: props.role.arn,
      kmsKey: props.keyArn,
      webserverAccessMode: "PRIVATE_ONLY",
      networkConfiguration: {
        subnetIds: [...props.network.subnetIds],
        securityGroupIds: [props.network.securityGroupId],
      },
      weeklyMaintenanceWindowStart: props.settings.maintenanceWindow,
      airflowConfigurationOptions: { ...props.settings.options },
      loggingConfiguration: allLogs(props.settings.logs.level),
      ...props.size,
      dependsOn: [...props.role.permissions, ...this.logGroups],
    });
  }

  get id(): string {
    return this.environment.id;
  }

  get arn(): string {
    return this.environment.arn;
  }

  get name(): string {
    return this.environment.name;
  }

  private logs({ name, keyArn, settings }: AirflowEnvironmentProps): CloudwatchLogGroup[] {
    return Object.entries(logNames).map(
      ([id, log]) =>
        new CloudwatchLogGroup(this, id, {
          name: `airflow-${name}-${log}`,
          retentionInDays: settings.logs.retentionInDays,
          kmsKeyId: keyArn,
        }),
    );
  }
}

function allLogs(logLevel: string) {
  const log = { enabled: true, logLevel };
  return { dagProcessingLogs: log, schedulerLogs: log, taskLogs: log, webserverLogs: log, workerLogs: log };
}
