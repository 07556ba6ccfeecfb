import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Json } from "./change";

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** One stack as it was synthesized. */
export interface SynthesizedStack {
  /** As `environments/<environment>.tfvars` is called; `account` for what an account has once. */
  readonly environment: string;
  /** `network` of `dev-network`; `bootstrap-111111111111` for an account's. */
  readonly stack: string;
  /** What `cdk.tf.json` says. */
  readonly json: JsonObject;
}

/** The file CDKTF writes into a stack's folder. */
const STACK_FILE = "cdk.tf.json";

/** Whether a value is an object: no list, no null, no text. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is at a place inside a value; undefined where there is no such place. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => {
    if (Array.isArray(found)) return found[Number(key)];
    return isObject(found) ? found[String(key)] : undefined;
  }, value);
}

/**
 * The stacks under `<synthesis>/stacks`, sorted by environment and stack.
 *
 * @param synthesis a folder such as `cdktf.out`, or its `stacks`
 * @throws Error when there is no synthesized stack
 */
export function readSynthesis(synthesis: string): SynthesizedStack[] {
  const folder = existsSync(join(synthesis, "stacks")) ? join(synthesis, "stacks") : synthesis;
  const files = existsSync(folder)
    ? readdirSync(folder).filter((id) => existsSync(join(folder, id, STACK_FILE)))
    : [];
  if (files.length === 0) throw new Error(`${synthesis} has no synthesized stacks (stacks/*/${STACK_FILE})`);
  const stacks = files.map((id) => readStack(join(folder, id)));
  return stacks.sort((one, other) =>
    compareText(`${one.environment}/${one.stack}`, `${other.environment}/${other.stack}`),
  );
}

/** One stack's folder. */
function readStack(directory: string): SynthesizedStack {
  const json: JsonObject = JSON.parse(readFileSync(join(directory, STACK_FILE), "utf8"));
  return nameStack(basename(directory), json);
}

/** Tells whose stack it is: the provider tags everything with its environment, and the folder starts with that. */
export function nameStack(id: string, json: JsonObject): SynthesizedStack {
  const tagged = at(json, "provider", "aws", 0, "default_tags", 0, "tags", "environment");
  const environment = typeof tagged === "string" ? tagged : (id.split("-")[0] ?? id);
  const stack = id.startsWith(`${environment}-`) ? id.slice(environment.length + 1) : id;
  return { environment, stack, json };
}

/** The order of characters, the same in every locale. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
