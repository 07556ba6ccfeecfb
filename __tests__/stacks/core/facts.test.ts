import { bootstrapFacts } from "../../../stacks/bootstrap/facts";
import { describeOutput } from "../../../stacks/core/stack-facts";
import { allFacts, dagFacts } from "../../../stacks/facts";
import { lakeFacts } from "../../../stacks/lake/facts";
import { networkFacts } from "../../../stacks/network/facts";
import { dev, prod } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([dev, prod]);
const places = ["dev", "prod"].flatMap((environment) => {
  const there = dagFacts.filter(({ stack }) => stacks.has(`${environment}-${stack}`));
  return there.map(({ stack: name, dags }) => ({ environment, name, dags }));
});

test("the facts of every stack are listed once, and at least seven stacks have some for the DAGs", () => {
  const made = [...stacks.keys()].map((stack) => stack.replace(/^(dev|prod)-|-\d+$/g, ""));
  const listed = allFacts.map(({ stack }) => stack);
  expect(new Set(listed).size).toBe(listed.length);
  // Capabilities that neither environment has are listed, too.
  expect(listed).toEqual(expect.arrayContaining([...new Set(made)]));
  expect(dagFacts.length).toBeGreaterThanOrEqual(7);
});

describe.each(places)("$environment-$name", ({ environment, name, dags }) => {
  const json = pick(stacks, `${environment}-${name}`);
  const value = JSON.parse(only(json, "aws_secretsmanager_secret_version").secret_string);

  test("writes its facts as one variable of Airflow", () => {
    const count = name === "orchestration" ? 2 : 1;
    expect(resources(json, "aws_secretsmanager_secret", count).facts).toMatchObject({
      name: `big-data/${environment}/airflow/variables/${name}`,
      recovery_window_in_days: environment === "dev" ? 0 : 30,
    });
    expect(dags.parse(value)).toEqual(value);
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

test("every output of every stack says what it is, each in its own words", () => {
  const outputs = [...stacks.values()].map((json) => Object.values(json.output ?? {}));
  expect(outputs.flat().length).toBeGreaterThan(120);
  for (const ofStack of outputs) {
    const descriptions = ofStack.map(({ description }) => description);
    for (const description of descriptions) expect(description).toMatch(/^[A-Z].{9,}[^.]$/);
    expect(new Set(descriptions).size).toBe(ofStack.length);
  }
});

test("subnets and roles that apply are described by the names the configuration gives them", () => {
  expect(describeOutput(networkFacts, "database_subnet_b_id")).toBe("The database subnet b");
  expect(describeOutput(bootstrapFacts, "ci_apply_dev_2_role_arn")).toBe(
    "Role of workflows that apply dev_2",
  );
});

test("an output that its facts do not describe is refused, with the place to do so", () => {
  expect(() => describeOutput(lakeFacts, "private_subnet_a_id")).toThrow(
    "output private_subnet_a_id of lake has no description: describe it in stacks/lake/facts.ts",
  );
});
