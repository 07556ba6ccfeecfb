import type { EnvironmentConfig } from "../../config";
import { dev, prod, variant } from "./environments";
import { only, pick, ref, resources, type StackJson, stacksOf, textOf } from "./synthesis";

const stacks = stacksOf([dev, prod]);

describe("between environments", () => {
  test("an account has one bootstrap, however many environments", () => {
    const names = [...stacksOf([dev, variant({ environment: "staging" }), prod]).keys()];
    expect(names.filter((name) => name.startsWith("bootstrap"))).toEqual([
      "bootstrap-111111111111",
      "bootstrap-222222222222",
    ]);
  });

  test("production has a NAT gateway per zone, development one", () => {
    resources(pick(stacks, "dev-network"), "aws_nat_gateway", 1);
    resources(pick(stacks, "prod-network"), "aws_nat_gateway", 2);
  });

  test("only development's buckets go with their data, and none of bootstrap", () => {
    const force = (stack: string, count: number) =>
      Object.values(resources(pick(stacks, stack), "aws_s3_bucket", count)).map(
        (bucket) => bucket.force_destroy,
      );
    expect(force("dev-lake", 5)).toEqual([true, true, true, true, true]);
    expect(force("prod-lake", 5)).toEqual([false, false, false, false, false]);
    expect(force("bootstrap-111111111111", 2)).toEqual([false, false]);
  });

  test("no name of one is in the other", () => {
    const texts = textOf([dev, prod]);
    for (const [stack, text] of texts) {
      if (stack.startsWith("dev-")) expect(text).not.toMatch(/222222222222|big-data[/-]prod/);
      if (stack.startsWith("prod-")) expect(text).not.toMatch(/111111111111|big-data[/-]dev/);
    }
  });
});

describe("network", () => {
  const network = pick(stacks, "dev-network");

  test("owns every security group of the platform", () => {
    const groups = Object.keys(resources(network, "aws_security_group", 9));
    expect(groups).toEqual([
      "airflow",
      "emr_core",
      "emr_primary",
      "emr_serverless",
      "emr_service_access",
      "endpoints_interface",
      "metadata",
      "private",
      "vpn",
    ]);
    const others = [...stacks].filter(([stack]) => !stack.endsWith("-network"));
    expect(others).toHaveLength(20);
    for (const [, json] of others) resources(json, "aws_security_group", 0);
  });

  test("lets the two groups that use the metadata database in, and no address", () => {
    const rules = Object.values(resources(network, "aws_vpc_security_group_ingress_rule", 14)).filter(
      (rule) => rule.security_group_id === ref("aws_security_group.metadata.id"),
    );
    expect(rules.map((rule) => [rule.referenced_security_group_id, rule.from_port, rule.to_port])).toEqual(
      ["airflow", "vpn"].map((group) => [ref(`aws_security_group.${group}.id`), 5432, 5432]),
    );
    expect(rules.filter((rule) => rule.cidr_ipv4 !== undefined)).toEqual([]);
  });

  test("publishes the documented outputs", () => {
    const outputs = Object.entries(network.output ?? {}).map(([name, output]) => [name, output.value]);
    expect(Object.fromEntries(outputs)).toMatchObject({
      vpc_id: ref("aws_vpc.vpc.id"),
      private_subnet_a_id: ref("aws_subnet.subnets_private_a.id"),
      private_subnet_b_id: ref("aws_subnet.subnets_private_b.id"),
      public_subnet_vpn_id: ref("aws_subnet.subnets_public_vpn.id"),
      public_subnet_application_id: ref("aws_subnet.subnets_public_application.id"),
      database_subnet_a_id: ref("aws_subnet.subnets_database_a.id"),
      database_subnet_b_id: ref("aws_subnet.subnets_database_b.id"),
      vpn_security_group_id: ref("aws_security_group.vpn.id"),
      metadata_security_group_id: ref("aws_security_group.metadata.id"),
      serverless_security_group_id: ref("aws_security_group.emr_serverless.id"),
      private_subnet_ids: [ref("aws_subnet.subnets_private_a.id"), ref("aws_subnet.subnets_private_b.id")],
    });
  });
});

describe("processing", () => {
  const jobRuns = (environment: string) =>
    pick(stacks, `${environment}-orchestration`).resource?.aws_iam_role_policy?.airflow_execution_job_runs;

  test("places an application in the private subnets where the environment computes on EMR Serverless", () => {
    const processing = pick(stacks, "dev-processing");
    const application = only(processing, "aws_emrserverless_application");
    const network = (output: string) => ref(`data.terraform_remote_state.network.outputs.${output}`);
    expect(application.network_configuration).toEqual({
      subnet_ids: [network("private_subnet_a_id"), network("private_subnet_b_id")],
      security_group_ids: [network("serverless_security_group_id")],
    });
    expect(application.maximum_capacity).toEqual({ cpu: "30 vCPU", memory: "100 GB", disk: "400 GB" });
    const roles = resources(processing, "aws_iam_role", 3);
    const [trust] = JSON.parse(roles.emr_serverless_job.assume_role_policy).Statement;
    expect(trust.Condition.ArnEquals).toEqual({
      "aws:SourceArn": ref("aws_emrserverless_application.emr_serverless.arn"),
    });
    expect(jobRuns("dev")).toBeDefined();
  });

  test("has nothing of it elsewhere, and lets Airflow submit nothing there", () => {
    const processing = pick(stacks, "prod-processing");
    resources(processing, "aws_emrserverless_application", 0);
    resources(processing, "aws_cloudwatch_log_group", 0);
    resources(processing, "aws_iam_role", 2);
    expect(Object.keys(processing.output ?? {}).filter((name) => name.startsWith("serverless"))).toEqual([]);
    expect(jobRuns("prod")).toBeUndefined();
  });
});

describe("orchestration", () => {
  const subnetsOf = (json: StackJson) => only(json, "aws_mwaa_environment").network_configuration.subnet_ids;

  test("takes the first private subnet of the first two zones", () => {
    const private_subnets = {
      z: { cidr: "10.100.3.0/24", zone: "a" },
      extra: { cidr: "10.100.5.0/24", zone: "a" },
      c: { cidr: "10.100.6.0/24", zone: "c" },
      b: { cidr: "10.100.4.0/24", zone: "b" },
    };
    const wide = variant({ network: { ...dev.network, private_subnets } });
    expect(subnetsOf(pick(stacksOf([wide]), "dev-orchestration"))).toEqual(
      ["extra", "b"].map((name) =>
        ref(`data.terraform_remote_state.network.outputs.private_subnet_${name}_id`),
      ),
    );
  });

  test("makes the mail connection empty, under the lake's key, and slow to go where it matters", () => {
    const secretOf = (stack: string) =>
      resources(pick(stacks, stack), "aws_secretsmanager_secret", 2).smtp_default;
    expect(secretOf("prod-orchestration")).toMatchObject({
      name: "big-data/prod/airflow/connections/smtp_default",
      kms_key_id: ref("data.terraform_remote_state.lake.outputs.data_kms_key_arn"),
      recovery_window_in_days: 30,
    });
    expect(secretOf("dev-orchestration").recovery_window_in_days).toBe(0);
    expect(only(pick(stacks, "prod-orchestration"), "aws_secretsmanager_secret_version").secret_id).toBe(
      ref("aws_secretsmanager_secret.facts.id"),
    );
  });

  test("refuses a network in one zone", () => {
    const network = { ...dev.network, private_subnets: { a: { cidr: "10.100.3.0/24", zone: "a" } } };
    expect(() => stacksOf([variant({ network })])).toThrow(
      "dev-orchestration: Airflow needs private subnets in two zones; add one to network.private_subnets",
    );
  });

  test("tells the DAG files which DAGs the environment has", () => {
    const own = (environment: EnvironmentConfig): [string, string][] => {
      const json = pick(stacksOf([environment]), "dev-orchestration");
      const options: Record<string, string> = only(
        json,
        "aws_mwaa_environment",
      ).airflow_configuration_options;
      return Object.entries(options).filter(([name]) => name.startsWith("platform."));
    };
    expect(own(dev)).toEqual([
      ["platform.compute", "emr_serverless"],
      ["platform.events", "True"],
      ["platform.maintenance_days", "wednesday,sunday"],
    ]);
    const least = variant({
      processing: { ...dev.processing, compute: "emr" },
      events: { ...dev.events, enabled: false },
      catalog: { ...dev.catalog, maintenance_days: [] },
    });
    // MWAA takes no empty value: what is not there is not set.
    expect(own(least)).toEqual([["platform.compute", "emr"]]);
  });

  test("finds variables and connections under the environment's own prefix", () => {
    const options = only(
      pick(stacks, "prod-orchestration"),
      "aws_mwaa_environment",
    ).airflow_configuration_options;
    expect(options["secrets.backend"]).toBe(
      "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
    );
    expect(JSON.parse(options["secrets.backend_kwargs"])).toEqual({
      connections_prefix: "big-data/prod/airflow/connections",
      variables_prefix: "big-data/prod/airflow/variables",
    });
    expect(options["smtp.smtp_mail_from"]).toBe("airflow@example.com");
  });
});
