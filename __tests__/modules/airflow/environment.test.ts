import { AirflowEnvironment } from "../../../modules/airflow/environment";
import { AirflowConnection, AirflowVariable } from "../../../modules/airflow/secret";
import { EmrSecurityConfiguration } from "../../../modules/emr/security-configuration";
import { ServiceRole } from "../../../modules/iam/service-role";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const json = synthesizeModule((stack) => {
  const role = new ServiceRole(stack, "execution", {
    name: "x-airflow-execution",
    description: "Airflow",
    trust: "{}",
    policies: { own: "{}" },
    managed: { reading: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  });
  new AirflowEnvironment(stack, "airflow", {
    name: "x-airflow",
    version: "3.0.6",
    code: {
      bucketArn: "arn:artifacts",
      packages: { requirements: "airflow/0a/requirements.txt", plugins: "airflow/0a/plugins.zip" },
    },
    network: { subnetIds: ["subnet-a", "subnet-b"], securityGroupId: "sg-1" },
    size: { environmentClass: "mw1.small", minWorkers: 1, maxWorkers: 2, schedulers: 2 },
    role,
    keyArn: "arn:key",
    settings: {
      logs: { level: "INFO", retentionInDays: 90 },
      maintenanceWindow: "SUN:03:00",
      options: { "core.load_examples": "False" },
    },
  });
});

test("Airflow is private, in two subnets, encrypted, and waits for its role's policies", () => {
  expect(only(json, "aws_mwaa_environment")).toMatchObject({
    name: "x-airflow",
    airflow_version: "3.0.6",
    webserver_access_mode: "PRIVATE_ONLY",
    network_configuration: { subnet_ids: ["subnet-a", "subnet-b"], security_group_ids: ["sg-1"] },
    kms_key: "arn:key",
    execution_role_arn: ref("aws_iam_role.execution.arn"),
    depends_on: expect.arrayContaining([
      "aws_iam_role_policy.execution_own",
      "aws_iam_role_policy_attachment.execution_reading",
    ]),
  });
});

test("it loads DAGs from a folder, and its packages from keys that name their content", () => {
  const environment = only(json, "aws_mwaa_environment");
  expect(environment).toMatchObject({
    source_bucket_arn: "arn:artifacts",
    dag_s3_path: "dags",
    requirements_s3_path: "airflow/0a/requirements.txt",
    plugins_s3_path: "airflow/0a/plugins.zip",
  });
  expect(Object.keys(environment).filter((key) => key.includes("object_version"))).toEqual([]);
});

test("it writes all five logs, to groups that are there before it, encrypted and with an end", () => {
  const logs = only(json, "aws_mwaa_environment").logging_configuration;
  expect(Object.keys(logs)).toEqual([
    "dag_processing_logs",
    "scheduler_logs",
    "task_logs",
    "webserver_logs",
    "worker_logs",
  ]);
  for (const log of Object.values(logs)) expect(log).toEqual({ enabled: true, log_level: "INFO" });
  const groups = resources(json, "aws_cloudwatch_log_group", 5);
  const names = Object.entries(groups).map(([id, { name, ...rest }]) => {
    expect(rest).toEqual({ kms_key_id: "arn:key", retention_in_days: 90 });
    expect(only(json, "aws_mwaa_environment").depends_on).toContain(`aws_cloudwatch_log_group.${id}`);
    return name;
  });
  expect(names).toEqual(
    ["DAGProcessing", "Scheduler", "Task", "WebServer", "Worker"].map((log) => `airflow-x-airflow-${log}`),
  );
});

test("a role has its trust, its own policies and AWS's", () => {
  expect(only(json, "aws_iam_role")).toEqual({
    name: "x-airflow-execution",
    assume_role_policy: "{}",
    description: "Airflow",
  });
  expect(only(json, "aws_iam_role_policy")).toEqual({
    name: "own",
    role: ref("aws_iam_role.execution.id"),
    policy: "{}",
  });
  expect(only(json, "aws_iam_role_policy_attachment")).toEqual({
    role: ref("aws_iam_role.execution.name"),
    policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  });
});

test("EMR encrypts S3 and disks with our key, and hides instance credentials behind IMDSv2", () => {
  const configured = synthesizeModule((stack) => {
    new EmrSecurityConfiguration(stack, "emr", { name: "x-emr", keyArn: "arn:key" });
  });
  const { name, configuration } = only(configured, "aws_emr_security_configuration");
  expect(name).toBe("x-emr");
  expect(JSON.parse(configuration)).toEqual({
    EncryptionConfiguration: {
      EnableAtRestEncryption: true,
      EnableInTransitEncryption: false,
      AtRestEncryptionConfiguration: {
        S3EncryptionConfiguration: { EncryptionMode: "SSE-KMS", AwsKmsKey: "arn:key" },
        LocalDiskEncryptionConfiguration: {
          EncryptionKeyProviderType: "AwsKms",
          AwsKmsKey: "arn:key",
          EnableEbsEncryption: true,
        },
      },
    },
    InstanceMetadataServiceConfiguration: {
      MinimumInstanceMetadataServiceVersion: 2,
      HttpPutResponseHopLimit: 1,
    },
  });
});

describe("secrets", () => {
  const secrets = synthesizeModule((stack) => {
    const common = { description: "facts", recoveryWindowInDays: 30 };
    new AirflowVariable(stack, "facts", {
      ...common,
      name: "p/e/airflow/variables/lake",
      value: { bucket: "b" },
    });
    new AirflowConnection(stack, "smtp", {
      ...common,
      name: "p/e/airflow/connections/smtp",
      keyArn: "arn:key",
    });
  });

  test("a variable is written, under Secrets Manager's own key", () => {
    expect(resources(secrets, "aws_secretsmanager_secret", 2).facts).toEqual({
      name: "p/e/airflow/variables/lake",
      recovery_window_in_days: 30,
      description: "facts",
    });
    expect(only(secrets, "aws_secretsmanager_secret_version")).toEqual({
      secret_id: ref("aws_secretsmanager_secret.facts.id"),
      secret_string: '{"bucket":"b"}',
    });
  });

  test("a connection is protected and stays empty: no version of it is in the state", () => {
    expect(resources(secrets, "aws_secretsmanager_secret", 2).smtp).toEqual({
      name: "p/e/airflow/connections/smtp",
      recovery_window_in_days: 30,
      kms_key_id: "arn:key",
      description: "facts",
      lifecycle: { prevent_destroy: true },
    });
  });
});
