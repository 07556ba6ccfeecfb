import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { EmrSecurityConfiguration } from "../../modules/emr/security-configuration";
import { ServiceRole } from "../../modules/iam/service-role";
import { inOrder } from "../../modules/subnets/subnets";
import { awsManagedPolicyArn } from "../../policies/arn";
import { emrInstancePolicy, emrServicePolicy, type LakeNames } from "../../policies/emr";
import { emrServiceTrust, instanceTrust } from "../../policies/trust";
import type { catalogFacts } from "../catalog/facts";
import { clusterTags } from "../core/cluster-tags";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { literal } from "../core/literal";
import { certificateArchive, sparkEventLogs } from "../core/names";
import type { DagFacts } from "../core/stack-facts";
import { type Publisher, Upstream } from "../core/upstream";
import type { lakeFacts } from "../lake/facts";
import type { networkFacts } from "../network/facts";
import { processingFacts } from "./facts";
import { ServerlessCompute } from "./serverless-compute";

/** The stacks whose network, data and tables jobs work with. */
export interface ProcessingStackProps extends EnvironmentStackProps {
  readonly network: Publisher<typeof networkFacts>;
  readonly lake: Publisher<typeof lakeFacts>;
  readonly catalog: Publisher<typeof catalogFacts>;
}

/**
 * What an EMR cluster needs and outlives it: roles, encryption, and the facts by which a DAG launches one. Where the
 * environment computes on EMR Serverless, its application too. The cluster's part costs nothing while no cluster runs
 * and stays, so that the way back is one setting.
 */
export class ProcessingStack extends EnvironmentStack<typeof processingFacts> {
  constructor(scope: Construct, { config, ...stacks }: ProcessingStackProps) {
    super(scope, processingFacts, config);
    const lake = this.lakeNames(stacks);
    const { keyArn, logsBucket } = lake;
    const { in_transit_certificates: inTransit } = config.processing;
    const instance = new ServiceRole(this, "emr_instance", {
      name: `${this.names.prefix}-emr-instance`,
      description: "Jobs on the nodes of EMR clusters",
      trust: instanceTrust(this.place),
      policies: {
        jobs: emrInstancePolicy(this.place, { ...lake, ...(inTransit ? { certificateArchive } : {}) }),
      },
    });
    const profile = new IamInstanceProfile(instance, "instance_profile", {
      name: `${this.names.prefix}-emr-instance`,
      role: instance.name,
    });
    const service = this.serviceRole(instance, keyArn);
    const security = new EmrSecurityConfiguration(this, "emr", {
      name: `${this.names.prefix}-emr`,
      keyArn,
      ...(inTransit ? { inTransitArchive: `s3://${lake.artifactsBucket}/${certificateArchive}` } : {}),
    });
    const serverless = this.serverless(stacks.network, lake);
    const facts = {
      ...(serverless ? { serverless: serverless.facts } : {}),
      service_role: service.name,
      instance_profile: profile.name,
      security_configuration: security.name,
      log_uri: `s3://${logsBucket}/logs/emr/`,
      spark_event_log_uri: `s3://${logsBucket}/${sparkEventLogs}`,
      tags: clusterTags(config),
    };
    this.publishFacts({ ...facts, ...launchFacts(config.processing), ...serverless?.outputs });
  }

  private lakeNames(stacks: Pick<ProcessingStackProps, "lake" | "catalog">): LakeNames {
    const lake = new Upstream(this, stacks.lake);
    const catalog = new Upstream(this, stacks.catalog);
    return {
      dataBucket: lake.text("data_bucket"),
      artifactsBucket: lake.text("artifacts_bucket"),
      logsBucket: lake.text("logs_bucket"),
      keyArn: lake.text("data_kms_key_arn"),
      databases: [catalog.text("curated_database"), catalog.text("marts_database")],
    };
  }

  private serverless(
    networkStack: ProcessingStackProps["network"],
    lake: LakeNames,
  ): ServerlessCompute | undefined {
    const { config, names, place } = this;
    if (config.processing.compute !== "emr_serverless") return undefined;
    const network = new Upstream(this, networkStack);
    return new ServerlessCompute(this, {
      config,
      names,
      place,
      lake,
      subnetIds: inOrder(config.network.private_subnets).map(([name]) =>
        network.text(`private_subnet_${name}_id`),
      ),
      securityGroupId: network.text("serverless_security_group_id"),
    });
  }

  private serviceRole(instance: ServiceRole, keyArn: string): ServiceRole {
    return new ServiceRole(this, "emr_service", {
      name: `${this.names.prefix}-emr-service`,
      description: "EMR when it creates and resizes clusters",
      trust: emrServiceTrust(this.place),
      policies: { clusters: emrServicePolicy(instance.role, keyArn) },
      managed: { managed: awsManagedPolicyArn(this.place, "service-role/AmazonEMRServicePolicy_v2") },
    });
  }
}

type LaunchFacts = Omit<
  DagFacts<typeof processingFacts>,
  | "service_role"
  | "instance_profile"
  | "security_configuration"
  | "log_uri"
  | "spark_event_log_uri"
  | "tags"
  | "serverless"
>;

/** The part of the configuration that DAGs launch clusters by, under its own names. */
function launchFacts(processing: EnvironmentConfig["processing"]): LaunchFacts {
  const { emr_release, serverless: _, in_transit_certificates: __, ...rest } = processing;
  // Settings of Spark are the only texts among the facts that may hold `${`.
  const settings = Object.entries(rest.spark_conf).map(([name, value]) => [name, literal(value)]);
  return { release_label: emr_release, ...rest, spark_conf: Object.fromEntries(settings) };
}
