import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../cli/platform-process";
import { LocalStack } from "./local-stack";
import { terraformEnvironment } from "./stand-in";

/** Changes of dev's network, and what Terraform has to do. */
const edits = [
  { type: "aws_subnet", attribute: "cidr_block", value: "10.0.250.0/24", action: "replace" },
  { type: "aws_security_group", attribute: "description", value: "another", action: "replace" },
  { type: "aws_vpc", attribute: "enable_dns_hostnames", value: false, action: "update" },
  { type: "aws_cloudwatch_log_group", attribute: "retention_in_days", value: 731, action: "update" },
] as const;

/** A stack of a review in JSON. */
interface ReviewedStack {
  readonly changes: readonly { readonly address: string; readonly replacement?: string }[];
}

/** The table of `review/replacement.ts` is the provider's too: a plan and a review have to agree. */
describe("a change of an attribute that forces a replacement", () => {
  jest.setTimeout(300_000);

  let home: string;
  const edited = new Map<string, string>();
  const planned = new Map<string, string>();

  const review = async (...args: string[]): Promise<Map<string, string>> => {
    const sides = ["--base", join(home, "base"), "--head", join(home, "head"), "--env", "dev"];
    const { code, output } = await runPlatform(["review", ...sides, "--format", "json", ...args]);
    expect(code).toBe(0);
    const { stacks }: { stacks: readonly ReviewedStack[] } = JSON.parse(output.slice(output.indexOf("{")));
    const changes = stacks
      .flatMap((stack) => stack.changes)
      .filter(({ address }) => !address.startsWith("output."));
    return new Map(
      changes.map(({ address, replacement }) => [address, replacement === "yes" ? "replace" : "update"]),
    );
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "replacement-"));
    Object.assign(process.env, terraformEnvironment(home));
    expect(await runPlatform(["synth", "--out", join(home, "base")])).toMatchObject({ code: 0 });
    cpSync(join(home, "base"), join(home, "head"), { recursive: true });
    const head = new LocalStack(join(home, "head", "stacks", "dev-network"));
    await head.succeed("init");
    await head.succeed("apply", "-auto-approve");
    head.edit(({ resource }) => {
      for (const { type, attribute, value, action } of edits) {
        const [name = "", attributes = {}] = Object.entries(resource[type] ?? {})[0] ?? [];
        expect(attributes).toHaveProperty(attribute);
        expect(attributes[attribute]).not.toEqual(value);
        attributes[attribute] = value;
        edited.set(`${type}.${name}`, action);
      }
    });
    await head.succeed("plan", "-out=plan");
    const plan = await head.succeed("show", "-json", "plan");
    mkdirSync(join(home, "plans"));
    writeFileSync(join(home, "plans", "dev-network.json"), plan);
    for (const { address, change } of JSON.parse(plan).resource_changes)
      if (change.actions[0] !== "no-op")
        planned.set(address, change.actions.length === 2 ? "replace" : change.actions[0]);
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("replaces the resource, and any other change is made in place", () => {
    expect(edited.size).toBe(edits.length);
    expect(Object.fromEntries(planned)).toMatchObject(Object.fromEntries(edited));
  });

  test("replaces what belongs to a replaced resource by an attribute of the table", () => {
    const cascade = [...planned].filter(([address]) => !edited.has(address));
    expect(cascade).toContainEqual([
      expect.stringMatching(/^aws_vpc_security_group_ingress_rule\./),
      "replace",
    ]);
    expect(cascade).toContainEqual(["aws_network_acl.acls_database", "update"]);
  });

  test("is the same in a review of the plan", async () => {
    expect(await review("--plan", join(home, "plans"))).toEqual(planned);
  });

  test("replaces the same in a review of the code, which does not know what else follows", async () => {
    const replaced = (actions: Map<string, string>) =>
      [...actions].filter(([, action]) => action === "replace").map(([address]) => address);
    const reviewed = await review();
    expect(replaced(reviewed).sort()).toEqual(replaced(planned).sort());
    expect(Object.fromEntries(reviewed)).toMatchObject(Object.fromEntries(edited));
  });
});
