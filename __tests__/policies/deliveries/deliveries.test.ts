import { resolve } from "node:path";
import { loadEnvironments } from "../../../config";
import { admit, deliveries, deliveryOf } from "../../../policies/deliveries";
import { type Block, ref, stacksOf } from "../../stacks/synthesis";
import { problemsOf } from "./fits";
import { deliveriesIn, type Found } from "./found";
import type { Stacks } from "./resolve";

let stacks: Stacks;
let found: Found[];
let unknown: string[];
/** Those of the environment that has every capability, whose stacks are called as those of the shipped `dev`. */
let everything: { readonly stacks: Stacks; readonly found: Found[]; readonly unknown: string[] };

beforeAll(async () => {
  stacks = stacksOf(await loadEnvironments(resolve("environments")));
  ({ found, unknown } = deliveriesIn(stacks));
  const others = stacksOf(await loadEnvironments(resolve("examples", "everything")));
  everything = { stacks: others, ...deliveriesIn(others) };
}, 60_000); // all environments are synthesized, on whatever machine

const pairOf = ({ publisher, target }: { publisher: string; target: string }) => `${publisher} to ${target}`;

/** The stacks with one document of one resource rewritten. */
function rewritten(address: string, attribute: string, change: (statements: Block[]) => void): Stacks {
  const [stack = "", type = "", name = ""] = address.split(/[ .]/);
  const copy = structuredClone(stacks) as Map<string, Block>;
  const block = copy.get(stack).resource[type][name];
  const document = JSON.parse(block[attribute]);
  change(document.Statement);
  block[attribute] = JSON.stringify(document);
  return copy;
}

const problemsIn = (changed: Stacks) =>
  deliveriesIn(changed).found.flatMap((one) => problemsOf(changed, one));

test("the stacks are full of deliveries", () => {
  const counts: Record<string, number> = {};
  for (const one of found) counts[pairOf(one)] = (counts[pairOf(one)] ?? 0) + 1;
  expect(counts).toMatchObject({
    "events to sns": 5, // two rules of EMR in staging and prod, one of EMR Serverless in dev
    "events to sqs": 2, // the queue of arrivals in dev, and its dead letters
    "sqs to sqs": 1,
    "s3 to events": 1,
    "budgets to sns": 9,
    "logging.s3 to s3": 12,
    "cloudtrail to s3": 2,
    "vpc-flow-logs to logs": 3,
    "monitoring.rds to logs": 3,
    "clientvpn to logs": 3,
  });
  expect(counts["cloudwatch to sns"]).toBeGreaterThan(60);
  expect(counts["logs to logs"]).toBeGreaterThan(20);
});

test("every one of them is in the table, and nothing else leads to a topic, a queue or a log group", () => {
  expect([...unknown, ...everything.unknown]).toEqual([]);
  const table = new Set(deliveries.map(pairOf));
  expect([...found, ...everything.found].map(pairOf).filter((pair) => !table.has(pair))).toEqual([]);
});

test("every row of the table is used, but for those of an option that no file sets", () => {
  const used = new Set([...found, ...everything.found].map(pairOf));
  const unused = deliveries.map(pairOf).filter((pair) => !used.has(pair));
  // Cost anomalies are mailed; a subscription made by hand may publish to the topics.
  expect(unused).toEqual(["costalerts to sns"]);
});

test("every row names its source by title", () => {
  expect(deliveries.length).toBeGreaterThan(10);
  for (const { sources } of deliveries) {
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^(AWS|Amazon) .+ Guide, "[^"]+"/);
  }
});

test("every one of them arrives: policies of targets and keys fit the table", () => {
  expect(found.flatMap((one) => problemsOf(stacks, one))).toEqual([]);
  expect(everything.found.flatMap((one) => problemsOf(everything.stacks, one))).toEqual([]);
});

test("a dead-letter queue takes the messages of the queue that names it", () => {
  const redriven = found.filter(({ publisher }) => publisher === "sqs");
  expect(redriven).toHaveLength(1);
  for (const { from, to } of redriven) {
    const allowed: Block[] = Object.values(
      stacks.get(from.stack)?.resource?.aws_sqs_queue_redrive_allow_policy ?? {},
    );
    const own = allowed.find(({ queue_url }) => queue_url.includes(`.${to?.name}.`));
    expect(own.redrive_allow_policy).toContain(`aws_sqs_queue.${from.name}.arn`);
  }
});

describe("what would lose a message is found", () => {
  const account = { StringEquals: { "aws:SourceAccount": "111111111111" } };
  const bySid = (statements: Block[], sid: string) => statements.find(({ Sid }) => Sid === sid);

  test.each([
    ["dev-observability aws_kms_key.alarms_key", "policy", "UsedByEventRules"],
    ["dev-observability aws_sns_topic_policy.alarms_critical_publishers", "policy", "PublishedByEventRules"],
    ["dev-events aws_kms_key.events", "policy", "UsedByEventRules"],
  ])("a condition in %s", (address, attribute, sid) => {
    const changed = rewritten(address, attribute, (statements) => {
      bySid(statements, sid).Condition = account;
    });
    expect(problemsIn(changed)[0]).toMatch(/has the condition aws:SourceAccount, which is not supported/);
  });

  test.each([
    ["dev-events aws_sqs_queue_policy.arrivals_dead_policy", "FilledByEventRule"],
    ["prod-observability aws_sns_topic_policy.alarms_warning_publishers", "PublishedByBudgets"],
    ["bootstrap-111111111111 aws_kms_key.trail_key", "EncryptedByTrail"],
    ["dev-lake aws_s3_bucket_policy.access_logs", "AllowLogDelivery"],
  ])("a statement that is gone from %s", (address, sid) => {
    const changed = rewritten(address, "policy", (statements) => {
      statements.splice(statements.indexOf(bySid(statements, sid)), 1);
    });
    expect(problemsIn(changed)[0]).toMatch(/ lacks /);
  });

  test("a publisher that the table does not know", () => {
    const copy = structuredClone(stacks) as Map<string, Block>;
    copy.get("dev-events").resource.aws_lambda_function_event_invoke_config = {
      x: { destination_config: [{ on_failure: [{ destination: ref("aws_sqs_queue.arrivals_dead.arn") }] }] },
    };
    expect(deliveriesIn(copy).unknown).toHaveLength(1);
  });
});

describe("a statement that AWS would not honour cannot be written", () => {
  const place = { region: "eu-north-1", accountId: "111111111111" };

  test("with a condition that the publisher does not support", () => {
    const condition = { ArnEquals: { "aws:SourceArn": "arn:aws:events:::rule/x" } };
    expect(() => admit(deliveryOf("events", "sns"), "key", place, { sid: "X", condition })).toThrow(
      "events to sns does not support aws:SourceArn",
    );
  });

  test("for a target without such a policy, or a pair that is not in the table", () => {
    expect(() => admit(deliveryOf("s3", "events"), "policy", place, { sid: "X" })).toThrow(
      "needs no statement",
    );
    expect(() => deliveryOf("s3", "sqs")).toThrow("s3 to sqs is not in policies/deliveries.ts");
  });
});
