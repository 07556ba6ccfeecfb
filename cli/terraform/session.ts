import type { EnvironmentConfig } from "../../config";
import { terraformVersion } from "../../stacks/core/terraform-version";
import { loadChecked, pickEnvironment } from "../environments";
import { places } from "../places";
import type { State } from "../state-file";
import { synthesizeAll } from "../synth";
import { findTerraform } from "./executable";
import { nameIn, readStackJson, type Stack, stacksOf } from "./stacks";
import { readings } from "./state";
import { Workspace } from "./workspace";

/** What the user asked for, in every command that drives Terraform. */
export interface DriveOptions {
  readonly env: string;
  readonly lockTimeout: string;
  /** Whether states are locked, which a plan can do without. @default true */
  readonly lock?: boolean;
}

/** One environment, checked and synthesized, and Terraform in each of its stacks. */
export interface Session {
  readonly config: EnvironmentConfig;
  /** Every environment there is, checked. */
  readonly configs: readonly EnvironmentConfig[];
  /** The environment's stacks, each after those it depends on. */
  readonly stacks: readonly Stack[];
  /** Every stack there is, those of the account included. */
  readonly all: readonly Stack[];
  readonly workspace: (stack: Stack) => Workspace;
}

/** The constraints of all stacks in one; they are the same line in each. */
function requiredVersion(stacks: readonly Stack[]): string {
  const constraints = stacks.map(
    ({ directory }) => readStackJson(directory).terraform.required_version ?? terraformVersion,
  );
  return [...new Set(constraints)].join(", ");
}

/** Checks and synthesizes, so that what runs is what is configured, and finds a Terraform for it. */
export async function openSession(environments: string, options: DriveOptions): Promise<Session> {
  const configs = await loadChecked(environments);
  const config = pickEnvironment(configs, options.env);
  const all = await synthesizeAll(configs, places.synthesis);
  const names = configs.map(({ environment }) => environment);
  const terraform = findTerraform(requiredVersion(all));
  console.log(`Terraform ${terraform.version} (${terraform.origin})`);
  const lockTimeout = options.lock === false ? undefined : options.lockTimeout;
  const workspaces = new Map(all.map((stack) => [stack.id, new Workspace(terraform, stack, lockTimeout)]));
  return {
    config,
    configs,
    all,
    stacks: stacksOf(config.environment, names, all),
    workspace: (stack) => workspaces.get(stack.id) ?? new Workspace(terraform, stack, lockTimeout),
  };
}

/** Key of a stack's state in the state bucket. */
export function stateKey(stack: Stack): string | undefined {
  const s3 = readStackJson(stack.directory).terraform.backend?.s3;
  return s3 && typeof s3 === "object" && "key" in s3 ? String(s3.key) : undefined;
}

/**
 * What a stack reads that nobody has published yet, in words; empty when it can be planned. (A missing upstream
 * state is an error of `terraform_remote_state`, not an empty object.)
 */
export function missingUpstream(
  { config, all }: Session,
  stack: Stack,
  states: ReadonlyMap<string, State | undefined>,
): string[] {
  return readings(stack.directory).flatMap(({ key, outputs }) => {
    const upstream = all.find((other) => stateKey(other) === key);
    const state = states.get(key);
    const missing = outputs.filter((output) => state?.outputs[output] === undefined);
    if (missing.length === 0) return [];
    const name = upstream ? nameIn(config.environment, upstream.id) : key;
    return [state ? `${name} (publishes no ${missing.join(", ")} yet)` : `${name} (not applied yet)`];
  });
}
