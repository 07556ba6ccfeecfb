import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentConfig, loadEnvironments } from "../../../config";
import { addressesOf, lostAddresses } from "../frozen";
import { everyResource, type StackJson, stacksOf } from "../synthesis";

const root = join(__dirname, "..", "..", "..");
const frozen: Record<string, string[]> = JSON.parse(
  readFileSync(join(root, "stacks", "addresses.json"), "utf8"),
);

describe("of the committed environments", () => {
  let stacks: Map<string, StackJson>;

  beforeAll(async () => {
    const configs: EnvironmentConfig[] = await loadEnvironments(join(root, "environments"));
    stacks = stacksOf(configs);
    const current = Object.fromEntries([...stacks].map(([stack, json]) => [stack, addressesOf(json)]));
    mkdirSync(join(root, "build"), { recursive: true });
    writeFileSync(join(root, "build", "addresses.json"), `${JSON.stringify(current, null, 2)}\n`);
  });

  test("no stateful resource is lost without a moved block", () => {
    const lost = Object.entries(frozen).flatMap(([stack, addresses]) =>
      lostAddresses(addresses, stacks.get(stack) ?? {}).map((address) => `${stack}: ${address}`),
    );
    expect(lost).toEqual([]);
  });

  test("the committed list is the current one", () => {
    const current = [...stacks].flatMap(([stack, json]) =>
      addressesOf(json).map((address) => [stack, address]),
    );
    const committed = Object.entries(frozen).flatMap(([stack, addresses]) =>
      addresses.map((address) => [stack, address]),
    );
    // Stale: review the difference, then `cp build/addresses.json stacks/addresses.json`.
    expect(committed).toEqual(current);
  });

  test("what holds data is protected from destruction, and nothing else is", () => {
    const all = [...stacks.values()].flatMap(everyResource);
    const guarded = all.filter(({ block }) => block.lifecycle?.prevent_destroy === true);
    expect(guarded.length).toBeGreaterThanOrEqual(3 * 15 + 2 * 3 + 1);
    const cannotBeMadeAgain =
      /^(aws_s3_bucket\.\w+|aws_kms_key\.\w+|aws_db_instance\.\w+|aws_glue_catalog_database\.(?:curated|marts)|aws_cloudwatch_log_group\.vpn_connections|aws_secretsmanager_secret\.smtp_default)$/;
    expect(guarded).toEqual(all.filter(({ type, name }) => cannotBeMadeAgain.test(`${type}.${name}`)));
  });
});

describe("a stateful resource", () => {
  const before = ["aws_route.out", "aws_s3_bucket.data"];

  test("that stays is not lost, and a stateless one may go", () => {
    expect(lostAddresses(before, { resource: { aws_s3_bucket: { data: {} } } })).toEqual([]);
  });

  test("that is renamed is lost", () => {
    expect(lostAddresses(before, { resource: { aws_s3_bucket: { lake: {} } } })).toEqual([
      "aws_s3_bucket.data",
    ]);
  });

  test("that moves is not lost", () => {
    const moved = [{ from: "aws_s3_bucket.data", to: "aws_s3_bucket.lake" }];
    expect(lostAddresses(before, { resource: { aws_s3_bucket: { lake: {} } }, moved })).toEqual([]);
  });

  test("that leaves with its whole stack is lost", () => {
    expect(lostAddresses(before, {})).toEqual(["aws_s3_bucket.data"]);
  });
});
