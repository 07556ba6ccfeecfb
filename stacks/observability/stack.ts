import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { Budget } from "../../modules/billing/budget";
import { AirflowAlarms } from "../../modules/cloudwatch/airflow-alarms";
import type { AlarmGroup, AlarmGroupProps } from "../../modules/cloudwatch/alarm-group";
import { AlarmTopics } from "../../modules/cloudwatch/alarm-topics";
import { ArrivalAlarms } from "../../modules/cloudwatch/arrival-alarms";
import { ClusterAlarms } from "../../modules/cloudwatch/cluster-alarms";
import { Dashboard } from "../../modules/cloudwatch/dashboard";
import { DatabaseAlarms } from "../../modules/cloudwatch/database-alarms";
import { KafkaAlarms } from "../../modules/cloudwatch/kafka-alarms";
import { NatAlarms } from "../../modules/cloudwatch/nat-alarms";
import { PipelineAlarms } from "../../modules/cloudwatch/pipeline-alarms";
import { ServerlessAlarms } from "../../modules/cloudwatch/serverless-alarms";
import { VpnAlarms } from "../../modules/cloudwatch/vpn-alarms";
import { VpnExpiryAlarms } from "../../modules/cloudwatch/vpn-expiry-alarms";
import type { accessFacts } from "../access/facts";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { serverlessApplication } from "../core/names";
import { type Publisher, Upstream } from "../core/upstream";
import type { eventsFacts } from "../events/facts";
import type { metadataFacts } from "../metadata/facts";
import type { networkFacts } from "../network/facts";
import type { orchestrationFacts } from "../orchestration/facts";
import type { processingFacts } from "../processing/facts";
import type { streamingFacts } from "../streaming/facts";
import { observabilityFacts } from "./facts";

/** The stacks whose resources are watched. */
export interface ObservabilityStackProps extends EnvironmentStackProps {
  readonly network: Publisher<typeof networkFacts>;
  /** The zones that have a NAT gateway. */
  readonly natZones: readonly string[];
  readonly access: Publisher<typeof accessFacts>;
  readonly processing: Publisher<typeof processingFacts>;
  readonly metadata: Publisher<typeof metadataFacts>;
  readonly events: Publisher<typeof eventsFacts>;
  readonly orchestration: Publisher<typeof orchestrationFacts>;
  /** @default the environment has no Kafka cluster */
  readonly streaming?: Publisher<typeof streamingFacts>;
}

type Area = EnvironmentConfig["observability"]["alarms"][number];

/**
 * What is looked at while the environment runs: alarms, the topics they are told to, one dashboard, and the budget. The
 * last stack, because it watches what the others made.
 */
export class ObservabilityStack extends EnvironmentStack<typeof observabilityFacts> {
  private readonly topics: AlarmTopics;

  constructor(scope: Construct, { config, ...stacks }: ObservabilityStackProps) {
    super(scope, observabilityFacts, config);
    const { critical_emails: critical, warning_emails: warning } = config.observability;
    this.topics = new AlarmTopics(this, "alarms", {
      place: this.place,
      namePrefix: this.names.prefix,
      emails: { critical, warning },
    });
    const groups = [
      this.pipeline(),
      ...this.arrivals(stacks.events),
      this.compute(stacks.processing),
      this.airflow(stacks.orchestration),
      this.database(stacks.metadata),
      ...this.kafka(stacks.streaming),
      ...this.nat(stacks),
      ...this.vpn(stacks.access),
    ];
    new Dashboard(this, "platform", { name: this.names.prefix, region: config.region, groups });
    this.budget();
    this.publishFacts({
      critical_topic_arn: this.topics.topics.critical.arn,
      warning_topic_arn: this.topics.topics.warning.arn,
    });
  }

  private scope(area: Area, alarmed = this.config.observability.alarms.includes(area)): AlarmGroupProps {
    return { alarmScope: { namePrefix: this.names.prefix, topics: this.topics, alarmed } };
  }

  private pipeline(): AlarmGroup {
    const { freshness_hours, quarantine_percent } = this.config.observability.thresholds;
    return new PipelineAlarms(this, "pipeline", {
      ...this.scope("pipeline"),
      namespace: this.names.metricsNamespace,
      freshHours: freshness_hours,
      quarantinePercent: quarantine_percent,
    });
  }

  private arrivals(eventsStack: ObservabilityStackProps["events"]): AlarmGroup[] {
    if (!this.config.events.enabled) return [];
    const events = new Upstream(this, eventsStack);
    const alarms = new ArrivalAlarms(this, "arrivals", {
      ...this.scope("pipeline"),
      rule: events.text("event_rule_name"),
      queue: events.text("event_queue_name"),
      deadLetters: events.text("event_dead_letter_queue_name"),
    });
    return [alarms];
  }

  /** Of the two engines the one that the pipeline runs on. */
  private compute(processingStack: ObservabilityStackProps["processing"]): AlarmGroup {
    const { thresholds } = this.config.observability;
    const { compute, serverless } = this.config.processing;
    if (compute === "emr") {
      return new ClusterAlarms(this, "emr", {
        ...this.scope("compute"),
        idleMinutes: thresholds.idle_cluster_minutes,
      });
    }
    const processing = new Upstream(this, processingStack);
    return new ServerlessAlarms(this, "serverless", {
      ...this.scope("compute"),
      application: {
        id: processing.entry("serverless", "application_id"),
        name: serverlessApplication(this.names),
        maximum: {
          vcpu: serverless.maximum_vcpu,
          memoryGb: serverless.maximum_memory_gb,
          diskGb: serverless.maximum_disk_gb,
        },
      },
      fullHours: thresholds.full_capacity_hours,
    });
  }

  private airflow(orchestrationStack: ObservabilityStackProps["orchestration"]): AlarmGroup {
    const { thresholds } = this.config.observability;
    const environment = new Upstream(this, orchestrationStack).text("airflow_environment");
    return new AirflowAlarms(this, "airflow", {
      ...this.scope("airflow"),
      environment,
      failedTasks: thresholds.failed_tasks,
      silentMinutes: thresholds.scheduler_silence_minutes,
      queuedMinutes: thresholds.queued_task_minutes,
    });
  }

  private database(metadataStack: ObservabilityStackProps["metadata"]): AlarmGroup {
    const { thresholds } = this.config.observability;
    const instance = new Upstream(this, metadataStack).text("metadata_instance");
    return new DatabaseAlarms(this, "database", {
      ...this.scope("database"),
      instance,
      cpuPercent: thresholds.database_cpu_percent,
      freeStorageGb: thresholds.database_free_storage_gb,
      connections: thresholds.database_connections,
    });
  }

  private kafka(streamingStack: ObservabilityStackProps["streaming"]): AlarmGroup[] {
    if (streamingStack === undefined) return [];
    const { thresholds } = this.config.observability;
    const alarms = new KafkaAlarms(this, "kafka", {
      ...this.scope("streaming"),
      cluster: new Upstream(this, streamingStack).text("kafka_cluster_name"),
      diskPercent: thresholds.kafka_disk_percent,
      underReplicatedMinutes: thresholds.kafka_under_replicated_minutes,
    });
    return [alarms];
  }

  private nat(stacks: Pick<ObservabilityStackProps, "network" | "natZones">): AlarmGroup[] {
    if (stacks.natZones.length === 0) return [];
    const network = new Upstream(this, stacks.network);
    const gateways = stacks.natZones.map((zone) => [zone, network.entry("nat_gateway_ids", zone)]);
    return [new NatAlarms(this, "nat", { ...this.scope("network"), gateways: Object.fromEntries(gateways) })];
  }

  private vpn(accessStack: ObservabilityStackProps["access"]): AlarmGroup[] {
    if (!this.config.access.vpn.enabled) return [];
    const { vpn_failed_authentications: failures } = this.config.observability.thresholds;
    const access = new Upstream(this, accessStack);
    const endpoint = access.text("vpn_endpoint_id");
    const certificate = access.text("vpn_server_certificate_arn");
    return [
      new VpnAlarms(this, "vpn", { ...this.scope("network"), endpoint, failures }),
      // Whatever alarms an environment wants: who is locked out cannot look.
      new VpnExpiryAlarms(this, "vpn_expiry", { ...this.scope("network", true), endpoint, certificate }),
    ];
  }

  private budget(): void {
    const { budget } = this.config.observability;
    if (!budget) return;
    new Budget(this, "monthly", {
      name: this.names.prefix,
      environment: this.config.environment,
      monthlyUsd: budget.monthly_usd,
      actualPercents: budget.actual_percents,
      forecastPercent: budget.forecast_percent,
      topics: this.topics,
      emails: budget.emails,
    });
  }
}
