import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameIn, readStacks, stacksOf } from "../../../cli/terraform/stacks";

describe("the stacks of a synthesis", () => {
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "stacks-"));
  });

  afterEach(() => rmSync(outdir, { recursive: true }));

  const write = (dependencies: Record<string, string[]>): void => {
    const stacks = Object.entries(dependencies).map(([id, of]) => {
      return [id, { synthesizedStackPath: `stacks/${id}/cdk.tf.json`, dependencies: of }];
    });
    writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
  };

  test("come each after those it depends on", () => {
    write({ "dev-c": ["dev-b", "dev-a"], "dev-b": ["dev-a"], "dev-a": [], other: [] });
    expect(readStacks(outdir).map(({ id }) => id)).toEqual(["dev-a", "dev-b", "dev-c", "other"]);
    expect(readStacks(outdir)[0]?.directory).toBe(join(outdir, "stacks", "dev-a"));
  });

  test("are refused when they depend on each other", () => {
    write({ "dev-a": ["dev-b"], "dev-b": ["dev-a"] });
    expect(() => readStacks(outdir)).toThrow("stacks depend on each other: dev-a → dev-b → dev-a");
  });

  test("are asked for when there are none", () => {
    expect(() => readStacks(outdir)).toThrow(`${join(outdir, "manifest.json")} does not exist`);
  });

  test("belong to the environment with the longest name that fits", () => {
    write({ "dev-network": [], "dev-two-network": [], "bootstrap-1": [] });
    const stacks = readStacks(outdir);
    const of = (environment: string): string[] =>
      stacksOf(environment, ["dev", "dev-two"], stacks).map(({ id }) => id);
    expect(of("dev")).toEqual(["dev-network"]);
    expect(of("dev-two")).toEqual(["dev-two-network"]);
    expect(nameIn("dev-two", "dev-two-network")).toBe("network");
    expect(nameIn("dev", "bootstrap-1")).toBe("bootstrap-1");
  });
});
