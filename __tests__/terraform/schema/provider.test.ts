import { root } from "../../docs/markdown";
import { synthesized } from "../../review/synthesized";
import { type Exception, exceptions } from "./exceptions";
import { importedBindings } from "./imports";
import { deriveProvider } from "./provider";

const name = "@cdktf/provider-aws";
const imported = importedBindings(root);
const schema = deriveProvider(name, imported.get(name));
const attribute = (type: string, argument: string) => schema.resources[type]?.block.attributes[argument];
const block = (type: string, argument: string) => schema.resources[type]?.block.block_types[argument];

describe("the schema that is derived from the bindings", () => {
  test("has every binding that the platform imports", () => {
    expect([...imported.keys()]).toEqual([name]);
    const types = [...Object.keys(schema.resources), ...Object.keys(schema.data_sources)];
    expect(types.length).toBeGreaterThan(60);
    // The binding of the provider itself is not a type.
    expect(types).toHaveLength((imported.get(name)?.size ?? 0) - 1);
    expect(schema.address).toBe("registry.terraform.io/hashicorp/aws");
  });

  test("has the version that the stacks require", () => {
    const versions = [...synthesized.values()].map(
      ({ terraform }) => terraform.required_providers.aws.version,
    );
    expect(versions.length).toBeGreaterThan(20);
    expect(new Set(versions)).toEqual(new Set([schema.version]));
  });

  test("marks required, optional and computed attributes", () => {
    expect(attribute("aws_s3_bucket_policy", "bucket")).toEqual({ type: "string", required: true });
    expect(attribute("aws_vpc", "cidr_block")).toEqual({ type: "string", optional: true, computed: true });
    expect(attribute("aws_vpc", "arn")).toEqual({ type: "string", computed: true });
    expect(attribute("aws_vpc", "tags")).toEqual({ type: ["map", "string"], optional: true });
    expect(attribute("aws_vpc", "tags_all")).toMatchObject({ optional: true, computed: true });
    expect(attribute("aws_db_instance", "password_wo")).toMatchObject({ optional: true, write_only: true });
    expect(attribute("aws_sns_topic", "description")).toBeUndefined();
    expect(attribute("aws_kms_key", "description")).toMatchObject({ type: "string", optional: true });
  });

  test("tells attributes that are written as blocks from blocks", () => {
    for (const [type, argument] of [
      ["aws_security_group", "ingress"],
      ["aws_default_security_group", "egress"],
      ["aws_network_acl", "ingress"],
      ["aws_route_table", "route"],
    ] as const) {
      expect(block(type, argument)).toBeUndefined();
      expect(attribute(type, argument)).toMatchObject({
        type: ["set", ["object", expect.anything()]],
        optional: true,
        computed: true,
      });
    }
    expect(attribute("aws_cloudwatch_metric_alarm", "metric_query")).toBeUndefined();
    expect(block("aws_cloudwatch_metric_alarm", "metric_query")?.nesting_mode).toBe("set");
  });

  test("counts the items of blocks", () => {
    expect(block("aws_s3_bucket_versioning", "versioning_configuration")).toEqual({
      nesting_mode: "list",
      min_items: 1,
      max_items: 1,
      block: {
        attributes: {
          status: { type: "string", required: true },
          mfa_delete: { type: "string", optional: true },
        },
        block_types: {},
      },
    });
    expect(block("aws_s3_bucket", "versioning")).toMatchObject({ nesting_mode: "list", max_items: 1 });
    expect(block("aws_s3_bucket_lifecycle_configuration", "rule")).not.toHaveProperty("max_items");
    expect(block("aws_db_instance", "timeouts")).toMatchObject({ nesting_mode: "single" });
    expect(schema.data_sources.aws_vpc?.block.block_types.filter?.nesting_mode).toBe("set");
  });

  test("nests objects that can only be read", () => {
    expect(attribute("aws_mwaa_environment", "last_updated")).toEqual({
      type: [
        "list",
        [
          "object",
          {
            created_at: "string",
            status: "string",
            error: ["list", ["object", { error_code: "string", error_message: "string" }]],
          },
        ],
      ],
      computed: true,
    });
  });

  test("has the configuration of the provider", () => {
    const { attributes, block_types } = schema.provider;
    expect(attributes.region).toEqual({ type: "string", optional: true });
    expect(attributes.allowed_account_ids?.type).toEqual(["set", "string"]);
    expect(attributes).not.toHaveProperty("alias");
    expect(block_types.default_tags?.max_items).toBe(1);
  });

  test("has what a change replaces from the table of the review", () => {
    expect([...(schema.resources.aws_vpc?.replaces ?? [])].sort()).toEqual([
      "cidr_block",
      "instance_tenancy",
      "ipv4_ipam_pool_id",
      "ipv4_netmask_length",
      "region",
    ]);
    expect(schema.resources.aws_mwaa_environment?.replaces).toContain("network_configuration.subnet_ids");
  });
});

test("the structures of the largest resources are found in their own files", () => {
  const { resources } = deriveProvider(name, ["lexv2models-intent"], []);
  expect(Object.keys(resources)).toEqual(["aws_lexv2models_intent"]);
  expect(resources.aws_lexv2models_intent?.block.block_types.closing_setting?.block).toMatchObject({
    attributes: { active: { type: "bool", optional: true } },
    block_types: { closing_response: { nesting_mode: "list" } },
  });
});

describe("the exceptions", () => {
  const table = exceptions[name] ?? [];

  test("have a reason each", () => {
    expect(Object.keys(exceptions)).toEqual([name]);
    expect(table.length).toBeGreaterThan(10);
    for (const { reason } of table) expect(reason).toMatch(/^\w.{10,}$/);
  });

  test("name what a resource of the committed environments sets and another leaves out", () => {
    const resources = [...synthesized.values()].flatMap(({ resource = {} }) => Object.entries(resource));
    for (const { type, names } of table.filter(({ change }) => change === "not computed"))
      for (const argument of names) {
        const all = resources.filter(([each]) => each === type).flatMap(([, each]) => Object.values(each));
        const setting = all.filter((each) => argument in each);
        expect([type, argument, setting.length > 0, setting.length < all.length]).toEqual([
          ...[type, argument],
          ...[true, true],
        ]);
      }
  });

  test.each<[string, Omit<Exception, "reason">]>([
    ["an unknown type", { type: "aws_vcp", names: ["tags"], change: "sensitive" }],
    ["an unknown argument", { type: "aws_vpc", names: ["cidr"], change: "not computed" }],
    ["what cannot be set", { type: "aws_vpc", names: ["arn"], change: "not computed" }],
    ["what is not computed anyway", { type: "aws_vpc", names: ["tags"], change: "not computed" }],
    ["what is one anyway", { type: "aws_s3_bucket", names: ["versioning"], change: "at most one" }],
    ["an attribute that is no block", { type: "aws_vpc", names: ["tags"], change: "at most one" }],
  ])("are refused for %s", (_, line) => {
    expect(() => deriveProvider(name, ["vpc", "s3-bucket"], [{ ...line, reason: "none" }])).toThrow(
      `the exception "${line.change}" of ${line.type}.${line.names[0]} is stale: remove it`,
    );
  });
});

test("every resource and data source of the environments is served", () => {
  const used = { resource: new Set<string>(), data: new Set<string>() };
  for (const stack of [...synthesized.values()])
    for (const kind of ["resource", "data"] as const)
      for (const type of Object.keys(stack[kind] ?? {})) used[kind].add(type);
  // Terraform has this one itself.
  expect(used.data.delete("terraform_remote_state")).toBe(true);
  expect(used.resource.size).toBeGreaterThan(50);
  expect(Object.keys(schema.resources)).toEqual(expect.arrayContaining([...used.resource]));
  expect(Object.keys(schema.data_sources)).toEqual(expect.arrayContaining([...used.data]));
});
