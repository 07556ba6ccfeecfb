import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { dev, prod, variant } from "../environments";
import { everyResource, manifestOf, stacksOf, synthesizeModule, textOf } from "../synthesis";

const staging = variant({ environment: "staging" });
const configs = [dev, prod, staging];
const stacks = stacksOf(configs);

describe("addresses", () => {
  test("are made from the path, without the end that the type says already", () => {
    const json = synthesizeModule((stack) => {
      new KmsKey(new Construct(stack, "lake"), "kms_key", {});
      new KmsKey(new Construct(stack, "other"), "copy", {});
    });
    expect(Object.keys(json.resource?.aws_kms_key ?? {})).toEqual(["lake", "other_copy"]);
  });

  test("that two paths share are refused", () => {
    const build = () =>
      synthesizeModule((stack) => {
        new KmsKey(new Construct(stack, "a_b"), "c", {});
        new KmsKey(new Construct(stack, "a"), "b_c", {});
      });
    expect(build).toThrow(
      "test/a/b_c and test/a_b/c both have the address aws_kms_key.a_b_c: give one another id",
    );
  });

  test.each(["Key", "a-b", "1st", "a__b"])("refuse the id %s", (id) => {
    expect(() => synthesizeModule((stack) => void new KmsKey(stack, id, {}))).toThrow(
      `construct ${id} of type aws_kms_key: id "${id}" is not snake_case (a-z, 0-9, _)`,
    );
  });

  test("have no hash, in any stack", () => {
    const names = [...stacks.values()].flatMap(everyResource).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name) => /_[0-9A-F]{8}$/.test(name) || /[^a-z0-9_]/.test(name))).toEqual([]);
  });
});

describe("every stack", () => {
  test("keeps its state in the account's bucket, locked by a file", () => {
    const backends = [...stacks].map(([stack, json]) => [stack, json.terraform.backend]);
    expect(backends).toHaveLength(32);
    for (const [stack, backend] of backends) {
      const account = /prod|222222222222/.test(stack) ? "222222222222" : "111111111111";
      const [environment, name] = stack.startsWith("bootstrap") ? ["account", "bootstrap"] : stack.split("-");
      expect(backend).toEqual({
        s3: {
          bucket: `big-data-terraform-state-${account}`,
          key: `big-data/${environment}/${name}.tfstate`,
          region: "eu-west-1",
          encrypt: true,
          use_lockfile: true,
        },
      });
    }
  });

  test("pins Terraform and the provider", () => {
    for (const { terraform } of stacks.values()) {
      expect(terraform.required_version).toBe(">= 1.11.0");
      expect(terraform.required_providers).toEqual({ aws: { source: "hashicorp/aws", version: "6.25.0" } });
    }
  });

  test("acts in its own accounts and region, with the tags of its environment", () => {
    const [provider] = stacks.get("prod-lake")?.provider.aws ?? [];
    expect(provider).toEqual({
      region: "eu-north-1",
      allowed_account_ids: ["222222222222"],
      default_tags: [
        {
          tags: {
            project: "big-data",
            environment: "prod",
            owner: "data-platform",
            cost_centre: "research",
            stack: "lake",
            managed_by: "terraform",
          },
        },
      ],
    });
  });

  test("says nothing of constructs", () => {
    for (const [stack, text] of textOf([dev])) {
      expect(JSON.parse(text)["//"]).toEqual({
        metadata: { backend: "s3", stackName: stack, version: expect.any(String) },
      });
      expect(text.match(/"\/\/"/g)).toHaveLength(1);
      expect(text).not.toContain("stackTrace");
    }
  });

  test("is written the same twice, byte by byte", () => {
    expect(textOf(configs)).toEqual(textOf(configs));
    expect(manifestOf(configs)).toEqual(manifestOf(configs));
  });

  test("is written the same whatever the order of subnets and endpoints in the file", () => {
    const { public_subnets, private_subnets, database_subnets, interface_endpoints } = dev.network;
    const backwards = <Value>(values: Record<string, Value>) =>
      Object.fromEntries(Object.entries(values).reverse());
    const network = {
      ...dev.network,
      public_subnets: backwards(public_subnets),
      private_subnets: backwards(private_subnets),
      database_subnets: backwards(database_subnets),
      interface_endpoints: [...interface_endpoints].reverse(),
    };
    expect(textOf([variant({ network })])).toEqual(textOf([dev]));
  });
});
