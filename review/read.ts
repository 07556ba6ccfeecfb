import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at, compareText, type JsonObject } from "./json";

export type { JsonObject } from "./json";

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

/**
 * The stacks under `<synthesis>/stacks`, sorted by environment and stack.
 *
 * @param synthesis a folder such as `cdktf.out`, or its `stacks`
 * @throws Error when there is no synthesized stack
 */
export function readSynthesis(synthesis: string): SynthesizedStack[] {
  const folder = existsSync(join(synthesis, "stacks")) ? join(synthesis, "stacks") : synthesis;
  const ids = existsSync(folder)
    ? readdirSync(folder).filter((id) => existsSync(join(folder, id, STACK_FILE)))
    : [];
  if (ids.length === 0) throw new Error(`${synthesis} has no synthesized stacks (stacks/*/${STACK_FILE})`);
  const stacks = ids.map((id) =>
    nameStack(id, JSON.parse(readFileSync(join(folder, id, STACK_FILE), "utf8"))),
  );
  return stacks.sort((one, other) => compareText(placeOf(one), placeOf(other)));
}

/** Tells whose stack it is: the provider tags everything with its environment, and the folder starts with that. */
export function nameStack(id: string, json: JsonObject): SynthesizedStack {
  const tagged = at(json, "provider.aws.default_tags.tags.environment");
  const environment = typeof tagged === "string" ? tagged : (id.split("-")[0] ?? id);
  const stack = id.startsWith(`${environment}-`) ? id.slice(environment.length + 1) : id;
  return { environment, stack, json };
}

/** Where a stack is: `dev/network`. */
export function placeOf({
  environment,
  stack,
}: {
  readonly environment: string;
  readonly stack: string;
}): string {
  return `${environment}/${stack}`;
}

/** The folder a stack was read from: `dev-network`. */
export function folderOf({
  environment,
  stack,
}: {
  readonly environment: string;
  readonly stack: string;
}): string {
  return environment === "account" ? stack : `${environment}-${stack}`;
}
