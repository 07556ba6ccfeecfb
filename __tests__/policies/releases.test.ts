import { resolve } from "node:path";
import { loadEnvironments } from "../../config";
import { dev } from "../stacks/environments";
import { type StackJson, stacksOf } from "../stacks/synthesis";
import { listed, statementsOf } from "./baseline/documents";
import { resolveReferences } from "./boundary/references";

/** Whether an ARN of a policy stands for objects among the releases of some environment. */
const isOfReleases = (arn: string): boolean => {
  const [, bucket = "", key = ""] = /^arn:aws:s3:::([^/]+)\/(.*)$/.exec(arn) ?? [];
  return arn === "*" || (/-(?:artifacts|\*)/.test(bucket) && /^(?:\*|etl|dags)/.test(key));
};

/** Addresses of the policies that allow to write or delete what Airflow and the jobs run. */
function writersOf(stacks: ReadonlyMap<string, StackJson>): string[] {
  const writing = statementsOf(stacks).filter(
    ({ kind, statement }) =>
      kind === "identity" &&
      statement.Effect === "Allow" &&
      listed(statement.Action).some((action) => /^(?:\*|s3:(?:\*|(?:Put|Delete)(?:\*|Object)))/.test(action)),
  );
  const found = writing.filter(({ at, statement }) =>
    listed(statement.Resource).some((arn) =>
      isOfReleases(resolveReferences(arn, at.split(" ")[0] ?? "", stacks)),
    ),
  );
  return [...new Set(found.map(({ at }) => /aws_iam_\w+\.(\w+)/.exec(at)?.[1] ?? at))].sort();
}

test("what Airflow and the jobs run is written by the roles of CI that apply, and by nobody else", async () => {
  const committed = await loadEnvironments(resolve("environments"));
  expect(writersOf(stacksOf(committed))).toEqual([
    "ci_apply_dev_state",
    "ci_apply_prod_state",
    "ci_apply_staging_state",
  ]);
});

test("and by people whose role says so", () => {
  const people = { ...dev.people, data_engineer: { ...dev.people.data_engineer, publishes: true } };
  const writers = writersOf(stacksOf([{ ...dev, people: people as typeof dev.people }]));
  expect(writers).toEqual(["ci_apply_dev_state", "people_data_engineer_work", "people_operator_work"]);
});
