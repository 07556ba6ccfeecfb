import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { places } from "../../../cli/places";
import { applyEnvironment } from "../../../cli/terraform/apply-environment";
import { findTerraform } from "../../../cli/terraform/executable";
import { planEnvironment } from "../../../cli/terraform/plan-environment";
import { Reviewed } from "../../../cli/terraform/reviewed";
import type { Session } from "../../../cli/terraform/session";
import type { Stack } from "../../../cli/terraform/stacks";
import { Workspace } from "../../../cli/terraform/workspace";
import { dev } from "../../stacks/environments";

type Blocks = Readonly<Record<string, unknown>>;

/** Two stacks of Terraform's own resource, which needs no provider, under the real Terraform, on local states. */
describe("applying what was reviewed", () => {
  jest.setTimeout(60_000);

  let home: string;
  let session: Session;

  const stack = (name: string): Stack => ({
    id: `dev-${name}`,
    directory: join(home, name),
    dependencies: name === "down" ? ["dev-up"] : [],
  });

  const configure = (name: string, resources: Blocks, more: Blocks = {}): void => {
    mkdirSync(join(home, name), { recursive: true });
    const json = { terraform: {}, resource: { terraform_data: resources }, ...more };
    writeFileSync(join(home, name, "cdk.tf.json"), JSON.stringify(json));
  };

  const review = async (): Promise<string> => {
    const file = join(home, "reviews", "dev.json");
    const reviewed = Reviewed.begin("dev");
    expect(
      (await planEnvironment(session, ({ id }, plan) => reviewed.add(id, plan))).failure,
    ).toBeUndefined();
    reviewed.write(file);
    return file;
  };

  /** The failure of an apply, and what became of each stack. */
  const apply = async (file: string): Promise<{ message: string; words: string[] }> => {
    const { rows, failure } = await applyEnvironment(session, true, Reviewed.read(file, "dev"));
    return { message: failure instanceof Error ? failure.message : "", words: rows.map(({ word }) => word) };
  };

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "reviewed-"));
    const terraform = findTerraform(">= 1.11.0");
    const stacks = [stack("up"), stack("down")];
    const workspace = (one: Stack) => new Workspace(terraform, one, "0s");
    session = { config: dev, configs: [dev], stacks, all: stacks, workspace };
    jest.spyOn(console, "log").mockImplementation(() => {});
  });

  afterAll(() => {
    jest.restoreAllMocks();
    rmSync(home, { recursive: true, force: true });
  });

  test("everything is applied when every plan is as it was, and what leaves the review holds no value", async () => {
    configure("up", { kept: { input: "a-value-to-keep-quiet" }, replaced: { triggers_replace: "1" } });
    configure("down", { later: { input: `\${terraform_data.other.id}` }, other: {}, unwanted: {} });
    const file = await review();
    expect(JSON.parse(readFileSync(file, "utf8")).stacks).toMatchObject({
      "dev-up": {
        "terraform_data.kept": { actions: ["create"], attributes: { input: expect.any(String) } },
        "terraform_data.replaced": { actions: ["create"] },
      },
      "dev-down": {
        "terraform_data.later": { actions: ["create"], attributes: { input: expect.any(String) } },
      },
    });
    expect(readFileSync(file, "utf8")).not.toContain("a-value-to-keep-quiet");
    expect(await apply(file)).toEqual({ message: "", words: ["applied", "applied"] });
    expect(await apply(await review())).toEqual({ message: "", words: ["unchanged", "unchanged"] });
  });

  test("a stack whose plan is another by now stops it, and says at which address and attribute", async () => {
    configure("up", { kept: { input: "reviewed" }, replaced: { triggers_replace: "1" } });
    configure(
      "down",
      { later: { input: "reviewed" }, other: {}, unwanted: {} },
      { output: { told: { value: "reviewed" } } },
    );
    const file = await review();
    configure(
      "down",
      { later: { input: "other" }, other: { triggers_replace: "now" }, more: {} },
      { output: { told: { value: "other" } } },
    );
    expect(await apply(file)).toEqual({
      message: [
        "dev-down is not planned as it was reviewed:",
        "output.told: create, but value not as reviewed",
        "terraform_data.later: update, but input not as reviewed",
        "terraform_data.more: create, which was not reviewed",
        "terraform_data.other: replace (delete, then create), which was not reviewed",
        "terraform_data.unwanted: delete, which was not reviewed",
      ].join("\n  "),
      words: ["applied", "failed"],
    });
    expect(existsSync(places.plans) ? readdirSync(places.plans).filter(isOurs) : []).toEqual([]);
  });

  test("a stack stops it that had been done meanwhile, or that moves where it was to be replaced", async () => {
    configure("up", { kept: { input: "again" }, replaced: { triggers_replace: "2" } });
    configure("down", { later: { input: "reviewed" }, other: {}, unwanted: {} });
    const file = await review();
    const moved = { moved: [{ from: "terraform_data.replaced", to: "terraform_data.renamed" }] };
    configure("up", { kept: { input: "reviewed" }, renamed: { triggers_replace: "1" } }, moved);
    const { message, words } = await apply(file);
    expect(message.split("\n  ")).toEqual([
      "dev-up is not planned as it was reviewed:",
      "terraform_data.kept: no change any more; reviewed was update",
      "terraform_data.renamed: move, which was not reviewed",
      "terraform_data.replaced: no change any more; reviewed was replace (delete, then create)",
    ]);
    expect(words).toEqual(["failed", "not reached"]);
  });

  test("a stack that could not be planned for the review stops it", async () => {
    const reviewed = Reviewed.begin("dev");
    reviewed.write(join(home, "empty.json"));
    const { message } = await apply(join(home, "empty.json"));
    expect(message).toBe("dev-up was not reviewed: what it depends on was not applied when it was planned");
  });

  test("what was reviewed is asked for by its environment and form", () => {
    const file = join(home, "reviews", "other.json");
    Reviewed.begin("dev").write(file);
    expect(() => Reviewed.read(file, "prod")).toThrow(
      `${file} holds the reviewed changes of dev, not of prod`,
    );
    expect(() => Reviewed.read(join(home, "none.json"), "dev")).toThrow("none.json does not exist");
    for (const text of ["", "{}"]) {
      writeFileSync(file, text);
      expect(() => Reviewed.read(file, "dev")).toThrow(`${file} does not hold reviewed changes`);
    }
  });
});

/** A plan that this process has saved. */
function isOurs(name: string): boolean {
  return name.endsWith(`.${process.pid}.tfplan`);
}
