import type { Path, Report } from "../problems";
import type { Parts } from "./rule";

/** One environment of several, and the way to report on it. */
export interface Neighbour {
  readonly file: string;
  readonly parts: Parts;
  readonly report: Report;
}

/** The rules about several environments in words, for the reference. */
export const accountRulesSay: readonly string[] = [
  "All environments of an account have one `project` and one state region, because they share the state bucket.",
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
    for (const read of [projectOf, stateRegionOf]) agree(neighbour, earlier, read);
    const twin = earlier.find(({ parts }) => identityOf(parts) === identityOf(neighbour.parts));
    if (twin === undefined || identityOf(twin.parts) === undefined) return;
    const message = `is the environment of ${twin.file} again: same project, account and name`;
    neighbour.report(["environment"], message, "use another name");
  });
}

interface Shared {
  readonly path: Path;
  readonly value: string | undefined;
}

/** Compares with the first of the account only: one wrong file among many is one problem. */
function agree(neighbour: Neighbour, earlier: readonly Neighbour[], read: (parts: Parts) => Shared): void {
  const { path, value } = read(neighbour.parts);
  const first = earlier.find(({ parts }) => read(parts).value !== undefined);
  const expected = first && read(first.parts).value;
  if (value === undefined || expected === undefined || value === expected) return;
  const message = `differs from the "${expected}" of ${first?.file}, in the same account ${neighbour.parts.account_id}`;
  neighbour.report(path, `${message}: they share one state bucket`, `use "${expected}"`);
}

function projectOf({ project }: Parts): Shared {
  return { path: ["project"], value: project };
}

function stateRegionOf({ region, state }: Parts): Shared {
  return state?.region === undefined
    ? { path: ["region"], value: region }
    : { path: ["state", "region"], value: state.region };
}

function identityOf({ project, environment }: Parts): string | undefined {
  return project === undefined || environment === undefined ? undefined : `${project}/${environment}`;
}
