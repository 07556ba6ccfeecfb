import type { ChangedResource, PlanJson } from "../../../cli/terraform/change-set";
import { forgottenBy } from "../../../cli/terraform/forgotten";
import { lostWith, requireProtected } from "../../../cli/terraform/protection";

function changed(
  address: string,
  actions: readonly string[],
  more: Partial<ChangedResource> = {},
): ChangedResource {
  const type = address.split(".")[0] ?? "";
  return { address, type, mode: "managed", change: { actions, before: { id: `id of ${address}` } }, ...more };
}

const plan = (...resource_changes: ChangedResource[]): PlanJson => ({ resource_changes });

describe("a plan loses protected resources", () => {
  test.each([
    ["destroyed", ["delete"]],
    ["replaced", ["delete", "create"]],
    ["replaced", ["create", "delete"]],
  ])("that would be %s by %j", (fate, actions) => {
    expect(lostWith(plan(changed("aws_kms_key.lake", actions)))).toEqual([
      `aws_kms_key.lake would be ${fate}`,
    ]);
  });

  test("whose old object a replacement left behind", () => {
    const deposed = changed("aws_s3_bucket.data", ["delete"], { deposed: "b1" });
    expect(lostWith(plan(deposed))).toEqual(["aws_s3_bucket.data (deposed b1) would be destroyed"]);
  });

  test("that exist and that the plan does not mention, in modules too", () => {
    const resource = (address: string, type: string) => ({ address, type, mode: "managed" });
    const prior = {
      resources: [
        resource("aws_s3_bucket.data", "aws_s3_bucket"),
        resource("aws_kms_key.new", "aws_kms_key"),
      ],
      child_modules: [{ resources: [resource("module.a.aws_kms_key.x", "aws_kms_key")] }],
    };
    const kept = { resources: [resource("aws_s3_bucket.data", "aws_s3_bucket")] };
    const moved = changed("aws_kms_key.renamed", ["no-op"], { previous_address: "aws_kms_key.new" });
    expect(
      lostWith({
        ...plan(moved),
        prior_state: { values: { root_module: prior } },
        planned_values: { root_module: kept },
      }),
    ).toEqual(["module.a.aws_kms_key.x exists, and the plan does not mention it"]);
  });
});

test.each([
  ["a forgotten bucket", changed("aws_s3_bucket.data", ["forget"])],
  ["an updated bucket", changed("aws_s3_bucket.data", ["update"])],
  ["a new bucket", changed("aws_s3_bucket.data", ["create"])],
  ["a destroyed route", changed("aws_route.out", ["delete"])],
  ["a data source", changed("data.aws_kms_key.x", ["delete"], { mode: "data", type: "aws_kms_key" })],
])("%s loses nothing", (_, resource) => {
  expect(lostWith(plan(resource))).toEqual([]);
  expect(() => requireProtected("dev-lake", plan(resource))).not.toThrow();
});

test("the refusal names the stack and every resource", () => {
  const lossy = plan(changed("aws_kms_key.b", ["delete"]), changed("aws_s3_bucket.a", ["delete", "create"]));
  expect(() => requireProtected("dev-lake", lossy)).toThrow(
    "dev-lake: the plan destroys what cannot be made again; nothing was applied:\n" +
      "  aws_kms_key.b would be destroyed\n  aws_s3_bucket.a would be replaced",
  );
});

test("what a plan forgets is recorded with the id that imports it", () => {
  const database = changed("aws_db_instance.store", ["forget"], {
    change: { actions: ["forget"], before: { id: "db-ABC", identifier: "big-data-dev" } },
  });
  const nameless = changed("aws_kms_key.x", ["forget"], { change: { actions: ["forget"], before: null } });
  expect(
    forgottenBy(
      plan(database, nameless, changed("aws_kms_key.a", ["forget"]), changed("aws_eip.a", ["delete"])),
    ),
  ).toEqual({
    "aws_db_instance.store": "big-data-dev",
    "aws_kms_key.a": "id of aws_kms_key.a",
  });
});
