import { dev, prod, variant } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([dev, prod]);
const json = pick(stacks, "prod-metadata");
const key = ref("aws_kms_key.metadata.arn");

describe("the database", () => {
  const instance = only(json, "aws_db_instance");

  test("is encrypted with a key of its own, as are its password and what is seen of it", () => {
    expect(instance).toMatchObject({
      storage_encrypted: true,
      kms_key_id: key,
      master_user_secret_kms_key_id: key,
      performance_insights_enabled: true,
      performance_insights_kms_key_id: key,
      performance_insights_retention_period: 7,
    });
    expect(only(json, "aws_kms_key")).toMatchObject({ enable_key_rotation: true });
  });

  test("has a password that RDS makes, and none in Terraform", () => {
    expect(instance).toMatchObject({ manage_master_user_password: true, username: "platform_admin" });
    expect(Object.keys(instance).filter((name) => /^password/.test(name))).toEqual([]);
    resources(json, "random_password", 0);
  });

  test("is reached inside the VPC only, over TLS", () => {
    expect(instance).toMatchObject({
      publicly_accessible: false,
      port: 5432,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      db_subnet_group_name: ref("aws_db_subnet_group.store.name"),
      vpc_security_group_ids: [ref("data.terraform_remote_state.network.outputs.metadata_security_group_id")],
    });
    expect(only(json, "aws_db_subnet_group").subnet_ids).toEqual(
      ["a", "b"].map((name) => ref(`data.terraform_remote_state.network.outputs.database_subnet_${name}_id`)),
    );
    const { family, name, parameter, lifecycle } = only(json, "aws_db_parameter_group");
    expect({ family, name, lifecycle }).toEqual({
      family: "postgres17",
      name: "big-data-prod-metadata-postgres17",
      lifecycle: { create_before_destroy: true },
    });
    expect(parameter.slice(0, 1)).toEqual([
      { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
    ]);
  });

  test("has the parameter group of its version", () => {
    const older = variant({ metadata: { ...dev.metadata, postgres_version: "16" } });
    const { family } = only(pick(stacksOf([older]), "dev-metadata"), "aws_db_parameter_group");
    expect(family).toBe("postgres16");
    expect(only(pick(stacksOf([older]), "dev-metadata"), "aws_db_instance").engine_version).toBe("16");
  });

  test("exports its logs to groups that are there before it, encrypted, and not for ever", () => {
    expect(instance.enabled_cloudwatch_logs_exports).toEqual(["postgresql", "upgrade"]);
    const groups = resources(json, "aws_cloudwatch_log_group", 2);
    expect(Object.values(groups)).toEqual(
      ["postgresql", "upgrade"].map((log) => ({
        name: `/aws/rds/instance/big-data-prod-metadata/${log}`,
        retention_in_days: 14,
        kms_key_id: key,
      })),
    );
    expect(instance.depends_on).toEqual(
      Object.keys(groups).map((name) => `aws_cloudwatch_log_group.${name}`),
    );
    const [, usedByLogs] = JSON.parse(only(json, "aws_kms_key").policy).Statement;
    expect(usedByLogs.Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"]).toEqual([
      "arn:aws:logs:eu-north-1:222222222222:log-group:/aws/rds/instance/big-data-prod-metadata/*",
    ]);
  });
});

test("production is safe: two zones, 35 days of backups, nothing deleted", () => {
  expect(only(json, "aws_db_instance")).toMatchObject({
    multi_az: true,
    backup_retention_period: 35,
    backup_window: "02:00-03:00",
    maintenance_window: "sun:04:00-sun:05:00",
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: "big-data-prod-metadata-final",
    delete_automated_backups: false,
    auto_minor_version_upgrade: true,
    max_allocated_storage: 50,
    lifecycle: { prevent_destroy: true },
  });
});

test("development is cheap: one zone, one day, no snapshot", () => {
  const instance = only(pick(stacks, "dev-metadata"), "aws_db_instance");
  expect(instance).toMatchObject({
    instance_class: "db.t4g.micro",
    multi_az: false,
    backup_retention_period: 1,
    deletion_protection: false,
    skip_final_snapshot: true,
    delete_automated_backups: true,
  });
  expect(instance.final_snapshot_identifier).toBeUndefined();
});

test("the DAGs are told where it is and where its password is, not the password", () => {
  const facts = JSON.parse(only(json, "aws_secretsmanager_secret_version").secret_string);
  expect(facts).toEqual({
    address: ref("aws_db_instance.store.address"),
    port: 5432,
    database: "platform",
    secret_arn: ref("aws_db_instance.store.master_user_secret[0].secret_arn"),
  });
});

test("Airflow may log in as the user of its DAGs, read the one password, and what runs left", () => {
  const { airflow_execution_store } = resources(pick(stacks, "prod-orchestration"), "aws_iam_role_policy", 3);
  const remote = (stack: string, output: string) =>
    ref(`data.terraform_remote_state.${stack}.outputs.${output}`);
  const data = `arn:aws:s3:::${remote("lake", "data_bucket")}`;
  const statements = JSON.parse(airflow_execution_store.policy).Statement;
  expect(statements).toEqual([
    {
      Sid: "ListRuns",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: data,
      Condition: { StringLike: { "s3:prefix": ["runs/*", "raw/*", "curated/*"] } },
    },
    { Sid: "ReadRuns", Effect: "Allow", Action: "s3:GetObject", Resource: `${data}/runs/*` },
    {
      Sid: "LogInToStore",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: `arn:aws:rds-db:eu-north-1:222222222222:dbuser:${remote("metadata", "metadata_database_id")}/platform_app`,
    },
    {
      Sid: "ReadDatabasePassword",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: remote("metadata", "secret_arn"),
    },
    {
      Sid: "DecryptDatabasePassword",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: remote("metadata", "metadata_kms_key_arn"),
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-north-1.amazonaws.com" } },
    },
  ]);
});

test("the server's metrics are sent by a role that serves this database alone", () => {
  const { assume_role_policy } = only(json, "aws_iam_role");
  expect(JSON.parse(assume_role_policy).Statement).toEqual([
    {
      Sid: "AssumedByService",
      Effect: "Allow",
      Principal: { Service: ["monitoring.rds.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "222222222222" },
        ArnLike: { "aws:SourceArn": "arn:aws:rds:eu-north-1:222222222222:db:big-data-prod-metadata" },
      },
    },
  ]);
});
