import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { EmrServerlessApplication, type ServerlessWorker } from "../../modules/emr-serverless/application";
import { ServiceRole } from "../../modules/iam/service-role";
import type { Place } from "../../policies/arn";
import { type LakeNames, serverlessJobPolicy } from "../../policies/emr";
import { serverlessJobTrust } from "../../policies/trust";
import { type Names, serverlessApplication, serverlessLogGroup } from "../core/names";
import type { DagFacts, Published } from "../core/stack-facts";
import type { processingFacts } from "./facts";

type ServerlessOutput = "serverless_application_arn" | "serverless_job_role_arn" | "serverless_log_group";

/** What the application is placed among. */
export interface ServerlessSurroundings {
  readonly config: EnvironmentConfig;
  readonly names: Names;
  readonly place: Place;
  readonly lake: LakeNames;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

type Serverless = EnvironmentConfig["processing"]["serverless"];

/** The EMR Serverless application of an environment, the role of its jobs, and what is told of them. */
export class ServerlessCompute {
  readonly application: EmrServerlessApplication;
  readonly jobRole: ServiceRole;
  readonly facts: NonNullable<DagFacts<typeof processingFacts>["serverless"]>;
  readonly outputs: Pick<Published<typeof processingFacts>, ServerlessOutput>;

  constructor(scope: Construct, around: ServerlessSurroundings) {
    const { names, place, lake } = around;
    const { serverless } = around.config.processing;
    const logUri = `s3://${lake.logsBucket}/logs/emr-serverless/`;
    this.application = placeApplication(scope, around, logUri);
    const { application, logGroup } = this.application;
    this.jobRole = new ServiceRole(scope, "emr_serverless_job", {
      name: `${names.prefix}-emr-serverless-job`,
      description: "Jobs on EMR Serverless",
      trust: serverlessJobTrust(place, application),
      policies: { jobs: serverlessJobPolicy(place, lake, { name: serverlessLogGroup(names) }) },
    });
    this.facts = {
      application_id: application.id,
      job_role_arn: this.jobRole.arn,
      log_uri: logUri,
      driver: serverless.driver,
      executor: serverless.executor,
      maximum_executors: maximumExecutors(serverless),
    };
    this.outputs = {
      serverless_application_arn: application.arn,
      serverless_job_role_arn: this.jobRole.arn,
      serverless_log_group: logGroup.name,
    };
  }
}

function placeApplication(scope: Construct, around: ServerlessSurroundings, uri: string) {
  const { names, lake } = around;
  const { emr_release, serverless } = around.config.processing;
  return new EmrServerlessApplication(scope, "emr_serverless", {
    name: serverlessApplication(names),
    releaseLabel: emr_release,
    architecture: serverless.architecture,
    capacity: {
      maximum: {
        vcpu: serverless.maximum_vcpu,
        memoryGb: serverless.maximum_memory_gb,
        diskGb: serverless.maximum_disk_gb,
      },
      idleTimeoutMinutes: serverless.idle_timeout_minutes,
      driver: workerOf(serverless.driver),
      executor: workerOf(serverless.executor),
      initialExecutors: serverless.initial_executors,
    },
    subnetIds: around.subnetIds,
    securityGroupId: around.securityGroupId,
    logs: {
      uri,
      logGroupName: serverlessLogGroup(names),
      retentionInDays: serverless.log_retention_days,
      keyArn: lake.keyArn,
    },
  });
}

const workerOf = ({ vcpu, memory_gb, disk_gb }: Serverless["driver"]): ServerlessWorker => ({
  vcpu,
  memoryGb: memory_gb,
  diskGb: disk_gb,
});

/** Executors that the limits have room for beside one driver: Spark asks for no more, instead of waiting for them. */
function maximumExecutors(serverless: Serverless): number {
  const { driver, executor, maximum_vcpu, maximum_memory_gb, maximum_disk_gb } = serverless;
  return Math.min(
    Math.floor((maximum_vcpu - driver.vcpu) / executor.vcpu),
    Math.floor((maximum_memory_gb - driver.memory_gb) / executor.memory_gb),
    Math.floor((maximum_disk_gb - driver.disk_gb) / executor.disk_gb),
  );
}
