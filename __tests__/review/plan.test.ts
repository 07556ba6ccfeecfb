import type { StackReview } from "../../review/change";
import { compareRevisions, type Plan, requirePlan } from "../../review/compare";
import { countChanges, verbOf } from "../../review/headlines";
import { nameStack, placeOf } from "../../review/read";
import { pick } from "../stacks/synthesis";
import { type PlannedChange, planOf } from "./planned";
import { at, type Edit, synthesized } from "./synthesized";

const address = "aws_mwaa_environment.airflow";
const airflow = {
  name: "big-data-dev-airflow",
  max_workers: 1,
  network_configuration: [{ subnet_ids: ["a", "b"] }],
};

/** What a review says of dev's orchestration with a plan of it, the code changed by `edit`. */
function reviewed(plan: Plan, edit: Edit = () => {}): StackReview {
  const before = pick(synthesized, "dev-orchestration");
  const after = structuredClone(before);
  edit(after);
  const [base, head] = [before, after].map((json) => [nameStack("dev-orchestration", json)]);
  const review = compareRevisions(
    { name: "a", stacks: base ?? [] },
    { name: "b", stacks: head ?? [] },
    () => plan,
  );
  expect(review.source).toBe("plan");
  expect(review.stacks.map(placeOf)).toEqual(["dev/orchestration"]);
  return review.stacks[0] as StackReview;
}

const update = (change: Partial<PlannedChange>): Plan =>
  planOf({ [address]: { actions: ["update"], before: airflow, after: airflow, ...change } });

test("what Terraform replaces is replaced, by the attributes that it names", () => {
  const after = { ...airflow, max_workers: 2, network_configuration: [{ subnet_ids: ["a", "c"] }] };
  const plan = update({
    actions: ["delete", "create"],
    after,
    replace_paths: [["network_configuration", 0, "subnet_ids"]],
  });
  const { changes, source } = reviewed(plan);
  expect(source).toBe("plan");
  expect(changes).toEqual([
    {
      environment: "dev",
      stack: "orchestration",
      address,
      type: "aws_mwaa_environment",
      action: "change",
      replacement: "yes",
      attributes: [
        { path: "max_workers", before: 1, after: 2, replaces: "no" },
        { path: "network_configuration.subnet_ids", before: ["a", "b"], after: ["a", "c"], replaces: "yes" },
      ],
      findings: [
        {
          category: "data",
          risk: true,
          sentence:
            "Is destroyed and made again, because network_configuration.subnet_ids cannot change in place: Airflow's history of runs would be lost.",
        },
        { category: "cost", risk: true, sentence: "max_workers: 2 instead of 1." },
      ],
    },
  ]);
});

test("what Terraform changes in place is not replaced, whatever the table says", () => {
  const { changes } = reviewed(update({ after: { ...airflow, name: "other" } }), (json) => {
    at(json, address).name = "other";
  });
  expect(changes).toMatchObject([
    { address, replacement: "no", attributes: [{ path: "name", replaces: "no" }] },
  ]);
});

test("what the code changes and the plan does not is no change: it was applied already", () => {
  const { changes } = reviewed(update({ actions: ["no-op"] }), (json) => {
    at(json, address).max_workers = 9;
  });
  expect(changes).toEqual([]);
});

test("what comes, goes, moves and is let go of", () => {
  const gone = { address: "aws_sqs_queue.old", before: { name: "old" } };
  const plan = planOf({
    "aws_sqs_queue.new": { actions: ["create"], after: { name: "new" }, after_unknown: { arn: true } },
    "aws_sqs_queue.old": { actions: ["delete"], before: gone.before },
    "aws_sqs_queue.kept": { actions: ["forget"], before: { name: "kept" } },
    [address]: { actions: ["no-op"], before: airflow, after: airflow },
  });
  const [first, ...rest] = plan.resource_changes ?? [];
  const moved = rest.map((one) =>
    one.address === address ? { ...one, previous_address: "aws_mwaa_environment.a" } : one,
  );
  const stack = reviewed({ ...plan, resource_changes: first ? [first, ...moved] : moved });
  const { changes } = stack;
  expect(countChanges({ version: 1, base: "a", head: "b", source: "plan", stacks: [stack] })).toBe(
    "1 to add, 1 to move, 1 to remove, 1 to let go of in 1 of 1 stacks",
  );
  expect(changes.filter(({ isForgotten }) => isForgotten).map(verbOf)).toEqual(["is let go of, and stays"]);
  expect(changes.map((change) => [change.address, change.action, change.movedFrom])).toEqual([
    [address, "move", "aws_mwaa_environment.a"],
    ["aws_sqs_queue.kept", "remove", undefined],
    ["aws_sqs_queue.new", "add", undefined],
    ["aws_sqs_queue.old", "remove", undefined],
  ]);
  const risks = changes.flatMap(({ address: where, findings }) =>
    findings.filter(({ risk }) => risk).map(({ sentence }) => `${where} ${sentence}`),
  );
  expect(risks).toEqual(["aws_sqs_queue.old Is destroyed: the messages in it would be lost."]);
  expect(changes.find(({ action }) => action === "add")?.attributes).toContainEqual({
    path: "arn",
    after: "(known after apply)",
    replaces: "no",
  });
});

test("secrets are masked, and that they change is said", () => {
  const secret = {
    actions: ["update"],
    before: { secret_string: "old", name: "a" },
    after: { secret_string: "new", name: "a" },
  };
  const marks = { before_sensitive: { secret_string: true }, after_sensitive: { secret_string: true } };
  const { changes } = reviewed(
    planOf({ "aws_secretsmanager_secret_version.facts": { ...secret, ...marks } }),
  );
  expect(JSON.stringify(changes)).not.toMatch(/"(old|new)"/);
  expect(changes[0]?.attributes).toEqual([
    { path: "secret_string", before: "(sensitive)", after: "(sensitive, and another)", replaces: "no" },
  ]);
});

test("prevent_destroy and the backend are the code's, and no plan speaks of them", () => {
  const role = { name: "airflow" };
  const plan = planOf({
    "aws_iam_role.airflow_execution": { actions: ["no-op"], before: role, after: role },
  });
  const { changes } = reviewed(plan, (json) => {
    json.terraform.backend.s3.key = "elsewhere";
    at(json, "aws_iam_role.airflow_execution").lifecycle = { prevent_destroy: true };
  });
  expect(changes.map((change) => [change.address, change.attributes.map(({ path }) => path)])).toEqual([
    ["aws_iam_role.airflow_execution", ["lifecycle"]],
    ["terraform.backend", ["s3.key"]],
  ]);
});

test("an output that changes is a change", () => {
  const output = { actions: ["update"], before: "dev", after: "test", after_unknown: false };
  const { changes } = reviewed(planOf({}, { output_changes: { environment: output } }));
  expect(changes).toMatchObject([
    { address: "output.environment", attributes: [{ path: "value", before: "dev", after: "test" }] },
  ]);
});

test.each<[string, unknown]>([
  ["is no plan of Terraform's", null],
  ["is no plan of Terraform's", { resource_changes: [] }],
  ["is a plan in format 2.0, and only 1.x is known", { format_version: "2.0" }],
  ["is of a plan that failed", { format_version: "1.2", errored: true }],
])("refuses what %s", (message, value) => {
  expect(() => requirePlan(value)).toThrow(message);
});
