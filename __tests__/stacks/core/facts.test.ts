import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { factSchemas, factsJsonSchema } from "../../../stacks/core/facts";
import { dev, prod } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const root = join(__dirname, "..", "..", "..");
const stacks = stacksOf([dev, prod]);
const names = Object.keys(factSchemas) as (keyof typeof factSchemas)[];
const places = ["dev", "prod"].flatMap((environment) => names.map((name) => ({ environment, name })));

test("the committed schema is the current one", () => {
  const current = `${JSON.stringify(factsJsonSchema(), null, 2)}\n`;
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(join(root, "build", "facts.schema.json"), current);
  const committed = readFileSync(join(root, "stacks", "facts.schema.json"), "utf8");
  // Stale: review the difference, then `cp build/facts.schema.json stacks/facts.schema.json`.
  expect(JSON.parse(committed)).toEqual(JSON.parse(current));
});

describe.each(places)("$environment-$name", ({ environment, name }) => {
  const json = pick(stacks, `${environment}-${name}`);
  const value = JSON.parse(only(json, "aws_secretsmanager_secret_version").secret_string);

  test("writes its facts as one variable of Airflow", () => {
    const count = name === "orchestration" ? 2 : 1;
    expect(resources(json, "aws_secretsmanager_secret", count).facts).toMatchObject({
      name: `big-data/${environment}/airflow/variables/${name}`,
      recovery_window_in_days: environment === "dev" ? 0 : 30,
    });
    expect(factSchemas[name].parse(value)).toEqual(value);
  });

  test("publishes the same facts as outputs", () => {
    const outputs = Object.fromEntries(
      Object.entries(json.output ?? {}).map(([key, output]) => [key, output.value]),
    );
    expect(outputs).toMatchObject(value);
  });
});

test("the facts of processing are the configuration's, and the names of what it made", () => {
  const json = pick(stacks, "dev-processing");
  const { emr_release, serverless, in_transit_certificates: _, ...units } = dev.processing;
  expect(JSON.parse(only(json, "aws_secretsmanager_secret_version").secret_string)).toEqual({
    ...units,
    release_label: emr_release,
    service_role: ref("aws_iam_role.emr_service.name"),
    instance_profile: ref("aws_iam_instance_profile.emr_instance.name"),
    security_configuration: ref("aws_emr_security_configuration.emr.name"),
    serverless: {
      application_id: ref("aws_emrserverless_application.emr_serverless.id"),
      job_role_arn: ref("aws_iam_role.emr_serverless_job.arn"),
      log_uri: `s3://${ref("data.terraform_remote_state.lake.outputs.logs_bucket")}/logs/emr-serverless/`,
      driver: serverless.driver,
      executor: serverless.executor,
      // Of the 28 vCPUs, 92 GB of memory and 380 GB of disk that one driver leaves, memory is the scarcest.
      maximum_executors: 5,
    },
    log_uri: `s3://${ref("data.terraform_remote_state.lake.outputs.logs_bucket")}/logs/emr/`,
    spark_event_log_uri: `s3://${ref("data.terraform_remote_state.lake.outputs.logs_bucket")}/logs/spark-events/`,
    tags: {
      project: "big-data",
      environment: "dev",
      owner: "data-platform",
      cost_centre: "research",
      "for-use-with-amazon-emr-managed-policies": "true",
    },
  });
});
