import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentConfig } from "../../config";
import { synthesize } from "../../main";
import { PlatformStack } from "../../stacks/core/platform-stack";
import { stackFacts } from "../../stacks/core/stack-facts";

/** One block of Terraform JSON. */
// biome-ignore lint/suspicious/noExplicitAny: the tests are what says which form it has
export type Block = any;

/** The JSON of one stack. */
export interface StackJson {
  readonly resource?: Record<string, Record<string, Block>>;
  readonly data?: Record<string, Record<string, Block>>;
  readonly output?: Record<string, Block>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly [block: string]: Block;
}

/** Runs `write` on a new directory, returns the files `read` finds there, and removes it. */
function inDirectory<Result>(write: (outdir: string) => void, read: (outdir: string) => Result): Result {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    write(outdir);
    return read(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The text of every stack's JSON, by stack, as `synthesize` writes it. */
export function textOf(configs: readonly EnvironmentConfig[]): Map<string, string> {
  return inDirectory(
    (outdir) => synthesize(configs, outdir),
    (outdir) =>
      new Map(
        readdirSync(join(outdir, "stacks"))
          .sort()
          .map((stack) => [stack, readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")]),
      ),
  );
}

/** The manifest that `synthesize` writes. */
export function manifestOf(configs: readonly EnvironmentConfig[]): Block {
  return inDirectory(
    (outdir) => synthesize(configs, outdir),
    (outdir) => JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")),
  );
}

/** Every stack of some environments, parsed. */
export function stacksOf(configs: readonly EnvironmentConfig[]): Map<string, StackJson> {
  return new Map([...textOf(configs)].map(([stack, text]) => [stack, JSON.parse(text)]));
}

/** One stack of a map, which has to be there. */
export function pick<Value>(values: ReadonlyMap<string, Value>, key: string): Value {
  const value = values.get(key);
  if (value === undefined) throw new Error(`no ${key} among ${[...values.keys()].join(", ")}`);
  return value;
}

/** The JSON of a stack that holds only what `build` puts into it, through a whole App. */
export function synthesizeModule(build: (stack: PlatformStack) => void): StackJson {
  return inDirectory(
    (outdir) => {
      const app = new App({ outdir, stackTraces: false });
      const stack = new PlatformStack(app, "test", {
        facts: stackFacts("test", {}),
        state: { bucket: "states", key: "test.tfstate", region: "eu-north-1" },
        region: "eu-north-1",
        allowedAccountIds: ["111111111111"],
        tags: { project: "test" },
      });
      build(stack);
      app.synth();
    },
    (outdir) => JSON.parse(readFileSync(join(outdir, "stacks", "test", "cdk.tf.json"), "utf8")),
  );
}

/** The resources of a type by name; their number is asserted before anything of them is. */
export function resources(stack: StackJson, type: string, count: number): Record<string, Block> {
  const found = stack.resource?.[type] ?? {};
  expect(Object.keys(found)).toHaveLength(count);
  return found;
}

/** The only resource of a type. */
export function only(stack: StackJson, type: string): Block {
  return Object.values(resources(stack, type, 1))[0];
}

/** Every resource of a stack with its type and name. */
export function everyResource(stack: StackJson): { type: string; name: string; block: Block }[] {
  return Object.entries(stack.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => ({ type, name, block })),
  );
}

/** A stack as reviewers like to read it: JSON inside strings is opened up. */
export function readable(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) return { json: JSON.parse(value) };
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** An expression as Terraform JSON writes it. */
export function ref(expression: string): string {
  return `\${${expression}}`;
}
