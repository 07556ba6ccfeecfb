import { isDeepStrictEqual } from "node:util";
import { formatValue, type Path, type Report } from "./problems";
import type { Parts } from "./rules";
import { valueAt } from "./schema/findings";

/** One environment of several, and the way to report on it. */
export interface Neighbour {
  /** The file name without its extension, which is the environment's name. */
  readonly name: string;
  readonly file: string;
  readonly parts: Parts;
  readonly report: Report;
  /** Reports something that is allowed, and better otherwise. */
  readonly warn: Report;
}

/** The rules about several environments in words, for the reference. */
export const accountRulesSay: readonly string[] = [
  "All environments of an account have one `project` and one state region, because they share the state bucket.",
  "All environments of an account have the same `account`, and the same `repository`, `owner_id`, `repository_id` and `create_provider` of `ci` and `permissions_boundary` where they are given, because these exist once per account.",
  "With `ci`, no environment's name is the beginning of another's in the account, as `dev` is of `dev-two`.",
  "No two files are the same environment: project, account and name.",
];

/**
 * Environments of one account share the state bucket, so they agree on project and state region; and no two are the
 * same, or they would fight over every name and state key.
 */
export function accountRules(neighbours: readonly Neighbour[]): void {
  neighbours.forEach((neighbour, index) => {
    const earlier = neighbours.slice(0, index).filter(({ parts }) => {
      return parts.account_id !== undefined && parts.account_id === neighbour.parts.account_id;
    });
    for (const read of [projectOf, stateRegionOf, ...accountSettings]) agree(neighbour, earlier, read);
    reportNamesakes(neighbour, earlier);
    const twin = earlier.find(({ parts }) => identityOf(parts) === identityOf(neighbour.parts));
    if (twin === undefined || identityOf(twin.parts) === undefined) return;
    const message = `is the environment of ${twin.file} again: same project, account and name`;
    neighbour.report(["environment"], message, "use another name");
  });
}

/** The role that applies an environment may change whatever begins with its name, so with the names of the other. */
function reportNamesakes({ parts, report }: Neighbour, earlier: readonly Neighbour[]): void {
  const own = parts.environment;
  if (own === undefined) return;
  for (const other of earlier) {
    const name = other.parts.environment;
    if (name === undefined || (parts.ci === undefined && other.parts.ci === undefined)) continue;
    if (!own.startsWith(`${name}-`) && !name.startsWith(`${own}-`)) continue;
    const message = `begins like the "${name}" of ${other.file}, so that the role by which CI applies one could change the other`;
    report(["environment"], message, "use names of which none is the beginning of the other");
  }
}

interface Shared {
  readonly path: Path;
  /** Undefined where the file says nothing, or something wrong: then there is nothing to compare. */
  readonly value: unknown;
  readonly why: string;
}

/** Compares with the first of the account only: one wrong file among many is one problem. */
function agree(neighbour: Neighbour, earlier: readonly Neighbour[], read: (parts: Parts) => Shared): void {
  const { path, value, why } = read(neighbour.parts);
  const first = earlier.find(({ parts }) => read(parts).value !== undefined);
  const expected = first && read(first.parts).value;
  if (value === undefined || expected === undefined || isDeepStrictEqual(value, expected)) return;
  const shown = formatValue(expected);
  const message = `differs from the ${shown} of ${first?.file}, in the same account ${neighbour.parts.account_id}`;
  neighbour.report(path, `${message}: ${why}`, `use ${shown}`);
}

const oneBucket = "they share one state bucket";

function projectOf({ project }: Parts): Shared {
  return { path: ["project"], value: project, why: oneBucket };
}

function stateRegionOf({ region, state }: Parts): Shared {
  return state?.region === undefined
    ? { path: ["region"], value: region, why: oneBucket }
    : { path: ["state", "region"], value: state.region, why: oneBucket };
}

/** What the bootstrap stack makes from the configuration of all environments of its account. */
const accountSettings = [
  ["account", "spot_service_linked_role"],
  ["account", "cost_allocation_tags"],
  ["account", "cost_anomaly", "emails"],
  ["account", "cost_anomaly", "threshold_usd"],
  ["account", "cost_anomaly", "monitor_arn"],
  ["account", "trail", "enabled"],
  ["account", "trail", "expire_days"],
  ["account", "defaults", "block_public_access"],
  ["account", "defaults", "encrypt_disks"],
  ["account", "defaults", "require_imdsv2"],
  ["ci", "repository"],
  ["ci", "owner_id"],
  ["ci", "repository_id"],
  ["ci", "create_provider"],
  ["permissions_boundary"],
].map((path) => (parts: Parts): Shared => {
  return { path, value: valueAt(parts, path), why: "it exists once per account" };
});

function identityOf({ project, environment }: Parts): string | undefined {
  return project === undefined || environment === undefined ? undefined : `${project}/${environment}`;
}
