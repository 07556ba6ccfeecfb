import type { Construct } from "constructs";
import type { AirflowPackageKeys } from "../../contracts/airflow-packages";
import { AirflowEnvironment, type AirflowNetwork } from "../../modules/airflow/environment";
import { AirflowConnection } from "../../modules/airflow/secret";
import { ServiceRole } from "../../modules/iam/service-role";
import { inOrder } from "../../modules/subnets/subnets";
import { airflowPolicy, arrivalsPolicy, storePolicy } from "../../policies/airflow";
import { clusterPolicy, jobRunPolicy } from "../../policies/airflow-engines";
import { bucketArnOf } from "../../policies/arn";
import { airflowTrust } from "../../policies/trust";
import { clusterIdentity } from "../core/cluster-tags";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { secretRecoveryDays, sparkEventLogs } from "../core/names";
import { type Publisher, Upstream } from "../core/upstream";
import type { eventsFacts } from "../events/facts";
import type { lakeFacts } from "../lake/facts";
import type { metadataFacts } from "../metadata/facts";
import type { networkFacts } from "../network/facts";
import type { processingFacts } from "../processing/facts";
import { airflowOptions, lineageOptions, platformOptions } from "./airflow-options";
import { orchestrationFacts } from "./facts";

/** The stacks that Airflow works with. */
export interface OrchestrationStackProps extends EnvironmentStackProps {
  readonly network: Publisher<typeof networkFacts>;
  readonly lake: Publisher<typeof lakeFacts>;
  readonly processing: Publisher<typeof processingFacts>;
  readonly metadata: Publisher<typeof metadataFacts>;
  readonly events: Publisher<typeof eventsFacts>;
  /** Keys of the Python packages that MWAA installs. */
  readonly packages: AirflowPackageKeys;
}

/** Airflow on MWAA, which runs the DAGs. They have to be in the artifacts bucket before this stack is applied. */
export class OrchestrationStack extends EnvironmentStack<typeof orchestrationFacts> {
  private readonly network: Upstream<typeof networkFacts>;
  private readonly lake: Upstream<typeof lakeFacts>;
  private readonly processing: Upstream<typeof processingFacts>;
  private readonly metadata: Upstream<typeof metadataFacts>;
  private readonly events: OrchestrationStackProps["events"];

  constructor(scope: Construct, { config, packages, ...stacks }: OrchestrationStackProps) {
    super(scope, orchestrationFacts, config);
    this.network = new Upstream(this, stacks.network);
    this.lake = new Upstream(this, stacks.lake);
    this.processing = new Upstream(this, stacks.processing);
    this.metadata = new Upstream(this, stacks.metadata);
    this.events = stacks.events;
    this.addDependency(stacks.events);
    const keyArn = this.lake.text("data_kms_key_arn");
    const bucket = this.lake.text("artifacts_bucket");
    const { orchestration } = config;
    new AirflowEnvironment(this, "airflow", {
      name: this.names.airflowEnvironment,
      version: orchestration.airflow_version,
      code: { bucketArn: bucketArnOf(this.place, bucket), packages },
      network: this.placement(),
      size: {
        environmentClass: orchestration.environment_class,
        minWorkers: orchestration.min_workers,
        maxWorkers: orchestration.max_workers,
        schedulers: orchestration.schedulers,
      },
      role: this.executionRole(bucket, keyArn),
      keyArn,
      settings: {
        logs: { level: orchestration.log_level, retentionInDays: orchestration.log_retention_days },
        maintenanceWindow: orchestration.weekly_maintenance_window,
        options: {
          ...airflowOptions(this.names.airflowSecrets, orchestration.mail_from),
          ...lineageOptions(this.names.prefix, orchestration.lineage),
          ...platformOptions(config),
        },
      },
    });
    new AirflowConnection(this, "smtp_default", {
      name: `${this.names.airflowSecrets}/connections/smtp_default`,
      description: "Mail server of notifications as a connection URI - filled by a command",
      recoveryWindowInDays: secretRecoveryDays(config),
      keyArn,
    });
    const { project, environment } = config;
    const { notification_emails, mail_from, reconcile_days, run_history_days } = orchestration;
    this.publishFacts({
      project,
      environment,
      notification_emails,
      mail_from,
      reconcile_days,
      run_history_days,
      // Not the resource's: facts have to be there when the environment runs its first DAG.
      airflow_environment: this.names.airflowEnvironment,
    });
  }

  private executionRole(artifactsBucket: string, keyArn: string): ServiceRole {
    const environmentName = this.names.airflowEnvironment;
    return new ServiceRole(this, "airflow_execution", {
      name: `${this.names.prefix}-airflow-execution`,
      description: "Airflow and its tasks and the clusters they start",
      trust: airflowTrust(this.place, environmentName),
      policies: {
        airflow: airflowPolicy(this.place, {
          environmentName,
          artifactsBucket,
          keyArn,
          secretsPrefix: this.names.airflowSecrets,
          metricsNamespace: this.names.metricsNamespace,
        }),
        clusters: clusterPolicy(this.place, {
          serviceRole: this.processing.text("service_role"),
          instanceRole: this.processing.text("instance_profile"),
          tags: clusterIdentity(this.config),
          logsBucket: this.lake.text("logs_bucket"),
          eventLogs: sparkEventLogs,
        }),
        ...this.jobRuns(),
        ...this.arrivals(),
        store: storePolicy(this.place, {
          dataBucket: this.lake.text("data_bucket"),
          databaseId: this.metadata.text("metadata_database_id"),
          secretArn: this.metadata.text("secret_arn"),
          secretKeyArn: this.metadata.text("metadata_kms_key_arn"),
        }),
      },
    });
  }

  /** What the DAG of EMR Serverless may do, where there is an application. */
  private jobRuns(): Record<string, string> {
    if (this.config.processing.compute !== "emr_serverless") return {};
    return {
      job_runs: jobRunPolicy({
        applicationArn: this.processing.text("serverless_application_arn"),
        jobRole: this.processing.text("serverless_job_role_arn"),
      }),
    };
  }

  /** What the DAG may do that reads what has arrived, where there is a queue of it. */
  private arrivals(): Record<string, string> {
    if (!this.config.events.enabled) return {};
    const events = new Upstream(this, this.events);
    return {
      arrivals: arrivalsPolicy(this.place, {
        queueArn: events.text("event_queue_arn"),
        keyArn: events.text("event_kms_key_arn"),
      }),
    };
  }

  /** MWAA takes one subnet in each of exactly two zones: the first of the first two. */
  private placement(): AirflowNetwork {
    const subnets = inOrder(this.config.network.private_subnets);
    const [first, second] = [...new Map(subnets.map(([, { zone }]) => [zone, zone])).keys()].map((zone) =>
      subnets.find(([, range]) => range.zone === zone),
    );
    if (!first || !second) {
      throw new Error(
        `${this.node.id}: Airflow needs private subnets in two zones; add one to network.private_subnets`,
      );
    }
    return {
      subnetIds: [
        this.network.text(`private_subnet_${first[0]}_id`),
        this.network.text(`private_subnet_${second[0]}_id`),
      ],
      securityGroupId: this.network.text("airflow_security_group_id"),
    };
  }
}
