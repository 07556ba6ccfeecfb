import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionsOf } from "../policies/baseline/actions";
import { listed, statementsOf } from "../policies/baseline/documents";
import { streamed } from "../stacks/environments";
import { pick, stacksOf } from "../stacks/synthesis";
import { root } from "./markdown";

/** Names of services in the AWS CLI that IAM calls otherwise. */
const services: Readonly<Record<string, string>> = { emr: "elasticmapreduce", mwaa: "airflow" };

/** Commands of the AWS CLI that are called otherwise than their operation. */
const operations: Readonly<Record<string, string>> = {
  "emr terminate-clusters": "TerminateJobFlows",
  "rds describe-db-instances": "DescribeDBInstances",
};

/** `aws emr describe-step …` is authorized as `elasticmapreduce:DescribeStep`. */
function actionOf(service: string, command: string): string {
  const words = command.split("-").map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
  const operation = operations[`${service} ${command}`] ?? words.join("");
  return `${services[service] ?? service}:${operation}`;
}

interface Commanded {
  readonly at: string;
  readonly action: string;
  readonly role: string;
}

/** The commands of the runbooks, each with who runs it: an operator where the text does not say otherwise. */
function commands(): Commanded[] {
  const text = readFileSync(join(root, "docs", "runbooks.md"), "utf8").replace(/\s+/g, " ");
  const found = text.matchAll(/`aws ([a-z0-9-]+) ([a-z0-9-]+)[^`]*`(?: as an? ((?:data )?[a-z]+))?/g);
  return [...found].map(([at, service = "", command = "", role = "operator"]) => {
    return { at, action: actionOf(service, command), role: role.replace(" ", "_") };
  });
}

/** The actions that a role of people of an environment with EMR Serverless and Kafka is allowed. */
async function allowed(role: string): Promise<Set<string>> {
  const people = new Map([["people", pick(stacksOf([streamed]), "dev-people")]]);
  const own = statementsOf(people).filter(({ at }) => at.includes(`aws_iam_policy.people_${role}_`));
  const patterns = own.flatMap(({ statement }) => listed(statement.Action));
  return new Set((await Promise.all(patterns.map(actionsOf))).flat().map(({ name }) => name));
}

test("whoever works through a runbook may run its commands", async () => {
  const all = commands();
  expect(all.length).toBeGreaterThan(9);
  const roles = [...new Set(all.map(({ role }) => role))].filter((role) => role !== "administrator");
  expect(roles).toEqual(["operator"]);
  for (const role of roles) {
    const actions = await allowed(role);
    const refused = all.filter((one) => one.role === role && !actions.has(one.action));
    expect(refused).toEqual([]);
  }
});

test("every command is one of IAM's actions", async () => {
  const known = await Promise.all(
    commands().map(async ({ action }) => [action, (await actionsOf(action)).length]),
  );
  expect(known.filter(([, count]) => count !== 1)).toEqual([]);
});
