import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

/** What a plan would do with one resource or output; of its values nothing but digests. */
export interface Change {
  /** As Terraform names them: `create`, `update`, `delete` and `create` for a replacement, `forget`. */
  readonly actions: readonly string[];
  /** A digest for each attribute that changes, of what it is and what it becomes. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a plan would do, by address; outputs as `output.<name>`. */
export type ChangeSet = Readonly<Record<string, Change>>;

/** What is read of `terraform show -json <plan>`. Source: Terraform, "JSON Output Format", plan representation. */
export interface PlanJson {
  readonly resource_changes?: readonly ChangedResource[];
  readonly output_changes?: Readonly<Record<string, Values>>;
  /** What exists, as the plan has read it. */
  readonly prior_state?: { readonly values?: { readonly root_module?: Module } };
  /** What exists after the apply. */
  readonly planned_values?: { readonly root_module?: Module };
}

interface Module {
  readonly resources?: readonly { readonly address: string; readonly mode: string; readonly type: string }[];
  readonly child_modules?: readonly Module[];
}

/** One resource of a plan; without a change its actions are `no-op`. */
export interface ChangedResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: Values;
  /** Where the resource was before a `moved` block. */
  readonly previous_address?: string;
  /** Key of an object that a replacement has left behind. */
  readonly deposed?: string;
}

interface Values {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** `true` wherever a value exists only after the apply. */
  readonly after_unknown?: unknown;
  readonly importing?: unknown;
}

/** What a provider is told of an object that goes is its address; the values it had do not matter any more. */
const GONE: ReadonlySet<string> = new Set(["delete", "forget"]);

/** Stands for a `moved` block among the attributes. */
const MOVED = "(moved from)";

/**
 * The changes of a plan, in the form in which two plans of the same intention are equal: what stays as it is does not
 * count, and a value that exists only after the apply counts as being unknown.
 *
 * @param key makes the digests: the same for two plans that are to be compared. Without it nobody can try values.
 */
export function changeSetOf(plan: PlanJson, key: string): ChangeSet {
  const resources = (plan.resource_changes ?? [])
    .filter((resource) => resource.mode === "managed" && isChange(resource))
    .map((resource): [string, Change] => [nameOf(resource), resourceChange(resource, key)]);
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => !actions.every((action) => action === "no-op"))
    .map(([name, values]): [string, Change] => {
      const { actions, before, after, after_unknown } = values;
      return [
        `output.${name}`,
        { actions, attributes: { value: digest([before, after, after_unknown], key) } },
      ];
    });
  return Object.fromEntries([...resources, ...outputs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A move and an import are changes of the state, though none of the resource. */
function isChange({ change, previous_address }: ChangedResource): boolean {
  const moves = previous_address !== undefined || change.importing !== undefined;
  return moves || !change.actions.every((action) => action === "no-op" || action === "read");
}

/** Returns a resource's address, with the key of the object that an earlier replacement left behind. */
export function nameOf({ address, deposed }: ChangedResource): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

function resourceChange({ change, previous_address }: ChangedResource, key: string): Change {
  const { actions, before, after, after_unknown, importing } = change;
  const state = {
    ...(previous_address === undefined ? {} : { [MOVED]: digest(previous_address, key) }),
    ...(importing === undefined ? {} : { "(imported)": digest(importing, key) }),
  };
  if (actions.every((action) => GONE.has(action))) return { actions, attributes: state };
  const [was, becomes, unknown] = [before, after, after_unknown].map(attributesOf);
  const names = [...new Set([was, becomes, unknown].flatMap((part) => Object.keys(part ?? {})))].sort();
  const changed = names.filter(
    (name) => isUnknown(unknown?.[name]) || !isDeepStrictEqual(was?.[name] ?? null, becomes?.[name] ?? null),
  );
  const digests = changed.map((name) => [name, digest([was?.[name], becomes?.[name], unknown?.[name]], key)]);
  return { actions, attributes: { ...state, ...Object.fromEntries(digests) } };
}

function attributesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whether something in a part of `after_unknown` is unknown: known lists and maps are there, too, as empty shells. */
function isUnknown(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return part === true;
  return Object.values(part).some(isUnknown);
}

function digest(value: unknown, key: string): string {
  const sorted = JSON.stringify(value, (_, item) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
  return createHmac("sha256", key).update(sorted).digest("hex");
}

/** What of a plan is not what was reviewed, a line for each address; none when they are equal. */
export function differences(reviewed: ChangeSet, now: ChangeSet): string[] {
  const addresses = [...new Set([...Object.keys(reviewed), ...Object.keys(now)])].sort();
  return addresses.flatMap((address) => {
    const [was, is] = [reviewed[address], now[address]];
    if (was === undefined) return [`${address}: ${words(is)}, which was not reviewed`];
    if (is === undefined) return [`${address}: no change any more; reviewed was ${words(was)}`];
    if (!isDeepStrictEqual(was.actions, is.actions))
      return [`${address}: ${words(is)}; reviewed was ${words(was)}`];
    const names = [...new Set([...Object.keys(was.attributes), ...Object.keys(is.attributes)])].sort();
    const others = names.filter((name) => was.attributes[name] !== is.attributes[name]);
    return others.length > 0 ? [`${address}: ${words(is)}, but ${others.join(", ")} not as reviewed`] : [];
  });
}

function words(change: Change | undefined): string {
  const { actions = [], attributes = {} } = change ?? {};
  if (actions.includes("no-op")) return MOVED in attributes ? "move" : "import";
  return actions.length > 1 ? `replace (${actions.join(", then ")})` : actions.join();
}
