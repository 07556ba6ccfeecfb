import { compareText } from "../json";
import { implies, missing } from "./conditions";
import type { Condition, Named, Statement } from "./document";
import { covers, overlaps } from "./pattern";

/** One thing that one statement says: one action on one resource by one principal, or by all but some. */
interface Atom {
  readonly action: Named;
  readonly resource: Named;
  readonly principal: Named;
}

/** What of a statement some other statements do not say. */
export interface Uncovered {
  readonly statement: Statement;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Conditions by which alone the nearest of the others does not say it; empty when none says it at all. */
  readonly conditions: readonly Condition[];
}

/**
 * What `statements` say that `others` of the same effect do not, statement by statement. Statements are taken apart into
 * atoms first, so that one split in two, or two joined, say the same; an atom is covered by one statement of the others.
 */
export function uncovered(statements: readonly Statement[], others: readonly Statement[]): Uncovered[] {
  return statements.flatMap((statement) => {
    const rivals = others.filter(({ effect }) => effect === statement.effect);
    const left = atomsOf(statement).filter((atom) => !rivals.some((rival) => says(rival, atom, statement)));
    return left.length === 0 ? [] : [summarize(statement, left, rivals)];
  });
}

function says(rival: Statement, atom: Atom, statement: Statement): boolean {
  return names(rival, atom) && implies(statement.conditions, rival.conditions);
}

/** Whether a statement names what the atom does, whatever its conditions. */
function names(statement: Statement, { action, resource, principal }: Atom): boolean {
  return (
    includes(inLowerCase(statement.actions), inLowerCase(action)) &&
    includes(statement.resources, resource) &&
    includes(statement.principals, principal)
  );
}

/** IAM does not tell `s3:getobject` from `s3:GetObject`. */
function inLowerCase({ only, except }: Named): Named {
  const lower = (names: readonly string[] | undefined) => names?.map((name) => name.toLowerCase());
  return { only: lower(only), except: lower(except) };
}

function includes(wide: Named, narrow: Named): boolean {
  const { only, except } = wide;
  if (only !== undefined && narrow.only !== undefined) {
    return narrow.only.every((name) => only.some((pattern) => covers(pattern, name)));
  }
  if (only !== undefined) return only.includes("*");
  if (narrow.only !== undefined) {
    return narrow.only.every((name) => !except?.some((refused) => overlaps(refused, name)));
  }
  return (except ?? []).every((refused) => narrow.except?.some((pattern) => covers(pattern, refused)));
}

function atomsOf({ actions, resources, principals }: Statement): Atom[] {
  return single(actions).flatMap((action) =>
    single(resources).flatMap((resource) =>
      single(principals).map((principal) => ({ action, resource, principal })),
    ),
  );
}

/** "All but these" cannot be taken apart. */
function single(named: Named): Named[] {
  return named.only?.map((name) => ({ only: [name], except: undefined })) ?? [named];
}

function summarize(statement: Statement, left: readonly Atom[], rivals: readonly Statement[]): Uncovered {
  const near = rivals
    .filter((rival) => left.every((atom) => names(rival, atom)))
    .map((rival) => missing(statement.conditions, rival.conditions))
    .sort((one, other) => one.length - other.length);
  return {
    statement,
    actions: unique(left.map(({ action }) => action)),
    resources: unique(left.map(({ resource }) => resource)),
    principals: unique(left.map(({ principal }) => principal)),
    conditions: near[0] ?? [],
  };
}

function unique(named: readonly Named[]): string[] {
  const words = named.flatMap(({ only, except }) => only ?? [`all but ${except?.join(", ")}`]);
  return [...new Set(words)].sort(compareText);
}
