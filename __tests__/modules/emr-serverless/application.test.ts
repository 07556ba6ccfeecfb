import {
  EmrServerlessApplication,
  type ServerlessCapacity,
} from "../../../modules/emr-serverless/application";
import { only, ref, synthesizeModule } from "../../stacks/synthesis";

const capacity: ServerlessCapacity = {
  maximum: { vcpu: 16, memoryGb: 64, diskGb: 200 },
  idleTimeoutMinutes: 15,
  driver: { vcpu: 2, memoryGb: 8, diskGb: 20 },
  executor: { vcpu: 4, memoryGb: 16, diskGb: 40 },
  initialExecutors: 0,
};

const synthesized = (changes: Partial<ServerlessCapacity> = {}) =>
  synthesizeModule((stack) => {
    new EmrServerlessApplication(stack, "emr_serverless", {
      name: "x-spark",
      releaseLabel: "emr-7.8.0",
      architecture: "arm64",
      capacity: { ...capacity, ...changes },
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupId: "sg-1",
      logs: {
        uri: "s3://logs/logs/emr-serverless/",
        logGroupName: "/aws/emr-serverless/x",
        retentionInDays: 365,
        keyArn: "arn:key",
      },
    });
  });

const json = synthesized();
const application = only(json, "aws_emrserverless_application");

test("the application is of one release and architecture, in private subnets with its own group", () => {
  expect(application).toMatchObject({
    name: "x-spark",
    type: "SPARK",
    release_label: "emr-7.8.0",
    architecture: "ARM64",
    network_configuration: { subnet_ids: ["subnet-a", "subnet-b"], security_group_ids: ["sg-1"] },
  });
});

test("it starts by itself, stops by itself, and has a limit in every dimension", () => {
  expect(application).toMatchObject({
    auto_start_configuration: { enabled: true },
    auto_stop_configuration: { enabled: true, idle_timeout_minutes: 15 },
    maximum_capacity: { cpu: "16 vCPU", memory: "64 GB", disk: "200 GB" },
  });
});

test("nothing waits for jobs, unless executors are asked for: then a driver does too", () => {
  expect(application.initial_capacity).toBeUndefined();
  const waiting = only(synthesized({ initialExecutors: 3 }), "aws_emrserverless_application");
  expect(waiting.initial_capacity).toEqual([
    {
      initial_capacity_type: "Driver",
      initial_capacity_config: {
        worker_count: 1,
        worker_configuration: { cpu: "2 vCPU", memory: "8 GB", disk: "20 GB" },
      },
    },
    {
      initial_capacity_type: "Executor",
      initial_capacity_config: {
        worker_count: 3,
        worker_configuration: { cpu: "4 vCPU", memory: "16 GB", disk: "40 GB" },
      },
    },
  ]);
});

test("its logs go to our bucket and our encrypted log group, and nowhere else", () => {
  expect(application.monitoring_configuration).toEqual({
    s3_monitoring_configuration: { log_uri: "s3://logs/logs/emr-serverless/" },
    cloudwatch_logging_configuration: {
      enabled: true,
      log_group_name: ref("aws_cloudwatch_log_group.emr_serverless.name"),
    },
    managed_persistence_monitoring_configuration: { enabled: false },
  });
  expect(only(json, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/emr-serverless/x",
    retention_in_days: 365,
    kms_key_id: "arn:key",
  });
});
