import { isProtectedType } from "../../stacks/core/protected";
import type { State } from "../state-file";
import { readStackJson, type Stack } from "./stacks";
import { managedAddresses } from "./state";

type Resource = Readonly<Record<string, unknown>>;

interface Addressed {
  readonly type: string;
  readonly name: string;
  readonly resource: Resource;
}

function resourcesOf(stack: Stack): Addressed[] {
  return Object.entries(readStackJson(stack.directory).resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, resource]) => ({ type, name, resource })),
  );
}

function isProtected({ resource }: Addressed): boolean {
  const { lifecycle } = resource;
  return (
    typeof lifecycle === "object" &&
    lifecycle !== null &&
    "prevent_destroy" in lifecycle &&
    lifecycle.prevent_destroy === true
  );
}

/**
 * Returns the addresses of existing resources that hold data: of a protected type, whether the stack's JSON still has
 * them or not, or with `prevent_destroy` in the JSON.
 */
export function protectedAddresses(stack: Stack, state: State | undefined): string[] {
  const marked = new Set(
    resourcesOf(stack)
      .filter(isProtected)
      .map(({ type, name }) => `${type}.${name}`),
  );
  return managedAddresses(state)
    .filter((address) => marked.has(address) || isProtectedType(address.split(".")[0] ?? ""))
    .sort();
}

/** The setting by which a resource itself lets its data go. */
interface OwnKey {
  readonly attribute: string;
  /** The attribute's value that lets go. */
  readonly open: boolean;
  /** The line of the environment's file that says so. */
  readonly setting: string;
}

const ownKeys: Readonly<Record<string, OwnKey>> = {
  aws_s3_bucket: { attribute: "force_destroy", open: true, setting: "lake.force_destroy = true" },
  // Its data is the history of queries, and what people saved.
  aws_athena_workgroup: { attribute: "force_destroy", open: true, setting: "lake.force_destroy = true" },
  aws_db_instance: {
    attribute: "deletion_protection",
    open: false,
    setting: "metadata.deletion_protection = false",
  },
};

/** What exists and whose own setting keeps its data, whatever other key is given: the address, and the setting to change. */
export function lockedByThemselves(stack: Stack, state: State | undefined): string[] {
  const existing = new Set(managedAddresses(state));
  return resourcesOf(stack).flatMap(({ type, name, resource }) => {
    const key = ownKeys[type];
    if (key === undefined || !existing.has(`${type}.${name}`) || resource[key.attribute] === key.open)
      return [];
    return [`${type}.${name} (${key.setting})`];
  });
}

/**
 * Addresses of what exists and whose *state* does not let go yet. Whatever the JSON says by now, the provider empties a
 * bucket, and AWS deletes a database, only by what was applied: so that has to be applied before the destroy.
 */
export function stillLocked(state: State | undefined): string[] {
  const locked = (state?.resources ?? []).filter(({ mode, type, instances }) => {
    const key = ownKeys[type];
    return (
      mode === "managed" && key && instances.some(({ attributes }) => attributes[key.attribute] !== key.open)
    );
  });
  return locked.map(({ type, name }) => `${type}.${name}`);
}

/**
 * The override that gives a stack's data up: `prevent_destroy` off, and nothing else. Undefined for a stack without it:
 * Terraform refuses an empty `resource` block.
 */
export function withoutProtection(stack: Stack): object | undefined {
  const resource: Record<string, Record<string, object>> = {};
  for (const { type, name } of resourcesOf(stack).filter(isProtected)) {
    resource[type] = { ...resource[type], [name]: { lifecycle: { prevent_destroy: false } } };
  }
  return Object.keys(resource).length > 0 ? { resource } : undefined;
}
