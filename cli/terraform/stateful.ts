import { readStackJson, type Stack } from "./stacks";
import { managedAddresses, type State } from "./state";

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

/** Addresses of what a stack keeps data in (its JSON says `prevent_destroy`) and that exist. */
export function protectedAddresses(stack: Stack, state: State | undefined): string[] {
  const existing = new Set(managedAddresses(state));
  const addresses = resourcesOf(stack)
    .filter(isProtected)
    .map(({ type, name }) => `${type}.${name}`);
  return addresses.filter((address) => existing.has(address)).sort();
}

/** Addresses of the buckets that exist and that S3 would refuse to delete while they hold objects. */
export function bucketsToEmpty(state: State | undefined): string[] {
  const buckets = (state?.resources ?? []).filter(
    ({ mode, type }) => mode === "managed" && type === "aws_s3_bucket",
  );
  const kept = buckets.filter(({ instances }) =>
    instances.some(({ attributes }) => attributes.force_destroy !== true),
  );
  return kept.map(({ type, name }) => `${type}.${name}`);
}

/**
 * The override that gives a stack's data up: `prevent_destroy` off, and `force_destroy` on for its buckets. The
 * provider empties a bucket only if its *state* says `force_destroy`, so that has to be applied before the destroy.
 * Undefined for a stack without either: Terraform refuses an empty `resource` block.
 */
export function withoutProtection(stack: Stack): object | undefined {
  const resource: Record<string, Record<string, object>> = {};
  for (const addressed of resourcesOf(stack)) {
    const change = {
      ...(isProtected(addressed) ? { lifecycle: { prevent_destroy: false } } : {}),
      ...(addressed.type === "aws_s3_bucket" ? { force_destroy: true } : {}),
    };
    if (Object.keys(change).length === 0) continue;
    resource[addressed.type] = { ...resource[addressed.type], [addressed.name]: change };
  }
  return Object.keys(resource).length > 0 ? { resource } : undefined;
}
