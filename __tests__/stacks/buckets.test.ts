import { resolve } from "node:path";
import { loadEnvironments } from "../../config";
import { type Block, everyResource, stacksOf } from "./synthesis";

/**
 * S3 sets SSE-C as blocked on new buckets since April 2026 and reports it: a rule that leaves it out is a change in every
 * plan, and lifts the block when it is applied. Source: hashicorp/terraform-provider-aws, issue 47320.
 */
test("every bucket of every shipped environment and account blocks uploads with a customer's own key", async () => {
  const stacks = stacksOf(await loadEnvironments(resolve("environments")));
  const all = [...stacks].flatMap(([stack, json]) => everyResource(json).map((one) => ({ stack, ...one })));
  const named = (wanted: string) => all.filter(({ type }) => type === wanted);
  const buckets = named("aws_s3_bucket").map(({ stack, name }) => `${stack} ${name}`);
  const encryptions = named("aws_s3_bucket_server_side_encryption_configuration");
  expect(buckets).toHaveLength(3 * 5 + 2 * 2);
  const rules = encryptions.map(({ stack, name, block }): [string, Block] => [
    `${stack} ${name}`,
    block.rule,
  ]);
  expect(rules.map(([bucket]) => bucket).sort()).toEqual([...buckets].sort());
  for (const [bucket, rule] of rules)
    expect({ bucket, rule }).toEqual({
      bucket,
      rule: [expect.objectContaining({ blocked_encryption_types: ["SSE-C"] })],
    });
}, 60_000);
