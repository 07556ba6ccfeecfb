import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";

/** One synthesized stack: one Terraform state. */
export interface Stack {
  /** The folder under cdktf.out/stacks, such as `dev-network`. */
  readonly id: string;
  readonly directory: string;
  /** Ids of the stacks that must be applied before this one. */
  readonly dependencies: readonly string[];
}

/** What of a synthesized stack's JSON the driver reads. */
export interface StackJson {
  readonly terraform: { readonly required_version?: string; readonly backend?: Record<string, unknown> };
  readonly provider?: { readonly aws?: readonly { readonly region?: string }[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: {
    readonly terraform_remote_state?: Record<string, RemoteState>;
    readonly aws_acm_certificate?: Record<string, { readonly tags: Readonly<Record<string, string>> }>;
  };
}

interface RemoteState {
  readonly config: { readonly key: string };
}

interface Manifest {
  readonly stacks: Record<string, { synthesizedStackPath: string; dependencies: string[] }>;
}

/** The file CDKTF writes into a stack's directory. */
export const STACK_FILE = "cdk.tf.json";

/** Reads a stack's synthesized JSON. */
export function readStackJson(directory: string): StackJson {
  return JSON.parse(readFileSync(join(directory, STACK_FILE), "utf8"));
}

/** Every stack of a synthesis, each after those it depends on; otherwise in the order of the manifest. */
export function readStacks(outdir: string): Stack[] {
  const file = join(outdir, "manifest.json");
  if (!existsSync(file)) throw new Failure(`${file} does not exist`, "run ./platform synth");
  const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
  const stacks = Object.entries(manifest.stacks).map(([id, { synthesizedStackPath, dependencies }]) => ({
    id,
    directory: join(outdir, synthesizedStackPath, ".."),
    dependencies,
  }));
  return inDependencyOrder(stacks);
}

function inDependencyOrder(stacks: readonly Stack[]): Stack[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const ordered = new Set<Stack>();
  const visit = (stack: Stack, path: readonly string[]): void => {
    if (path.includes(stack.id))
      throw new Failure(`stacks depend on each other: ${[...path, stack.id].join(" → ")}`);
    for (const id of stack.dependencies) {
      const upstream = byId.get(id);
      if (upstream) visit(upstream, [...path, stack.id]);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return [...ordered];
}

/**
 * The stacks of one environment. An id belongs to the longest environment name it starts with, so that `dev` does
 * not take the stacks of `dev-two`.
 */
export function stacksOf(
  environment: string,
  environments: readonly string[],
  stacks: readonly Stack[],
): Stack[] {
  const longer = environments.filter((other) => other.startsWith(`${environment}-`));
  return stacks.filter(
    ({ id }) => id.startsWith(`${environment}-`) && !longer.some((other) => id.startsWith(`${other}-`)),
  );
}

/** A stack's name inside its environment: `network` of `dev-network`. */
export function nameIn(environment: string, id: string): string {
  return id.startsWith(`${environment}-`) ? id.slice(environment.length + 1) : id;
}

/** How many resources a stack has. */
export function countResources(json: StackJson): number {
  return Object.values(json.resource ?? {}).reduce((sum, named) => sum + Object.keys(named).length, 0);
}
