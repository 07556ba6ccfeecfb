import type { Block, Blocks } from "../blocks";
import type { AttributeChange, Change, Json, Replacement } from "../change";
import { findingsOf } from "../findings";
import { compareText, type JsonObject } from "../json";
import { attributeReplaces } from "../replacement";
import type { Subject } from "../subject";
import { differences } from "./attributes";
import { replacedWith } from "./cascade";
import type { Difference } from "./difference";

/** Whether Terraform replaces a resource, and by which attributes; it knows better than the table. */
export interface Verdict {
  readonly replaces: boolean;
  readonly paths: readonly string[];
}

/** Both sides of a stack. */
export interface Sides {
  readonly environment: string;
  readonly stack: string;
  /** Moved blocks under the address they have now. */
  readonly base: Blocks;
  readonly head: Blocks;
  /** The address before of each block that moved, by the address now. */
  readonly movedFrom: ReadonlyMap<string, string>;
  readonly forgotten: ReadonlySet<string>;
  /** What Terraform's plan says of an address; undefined when there is no plan. */
  readonly verdictOf?: (address: string) => Verdict | undefined;
}

type Judged = Omit<Change, "findings">;

/** Every block that differs, sorted by address, and what that means. */
export function changesOf(sides: Sides): Change[] {
  const addresses = [...new Set([...sides.base.keys(), ...sides.head.keys()])].sort(compareText);
  const plain = addresses.flatMap((address) => compareBlock(sides, address));
  const changes = sides.verdictOf === undefined ? withReplaced(sides, plain) : plain;
  return changes
    .map((change) => ({
      ...change,
      findings: findingsOf(subjectOf(sides, change)),
    }))
    .sort((one, other) => compareText(one.address, other.address));
}

function compareBlock(sides: Sides, address: string): Judged[] {
  const [before, after] = [sides.base.get(address), sides.head.get(address)];
  const block = after ?? before;
  if (block === undefined) return [];
  const movedFrom = before && after ? sides.movedFrom.get(address) : undefined;
  const action = actionOf(before, after, movedFrom);
  const verdict = sides.verdictOf?.(address);
  const attributes = differencesOf(before?.body, after?.body).map((one) =>
    judge(block, one, action, verdict),
  );
  if (attributes.length === 0 && action === "change" && verdict?.replaces !== true) return [];
  const { environment, stack } = sides;
  return [
    {
      environment,
      stack,
      address,
      type: block.type,
      action,
      ...(movedFrom === undefined ? {} : { movedFrom }),
      ...(action === "remove" && sides.forgotten.has(address) ? { isForgotten: true as const } : {}),
      replacement: replacementOf(block, action, attributes, verdict),
      attributes,
    },
  ];
}

function actionOf(
  before: Block | undefined,
  after: Block | undefined,
  from: string | undefined,
): Change["action"] {
  if (before === undefined) return "add";
  if (after === undefined) return "remove";
  return from === undefined ? "change" : "move";
}

/** Of what comes or goes whole, its attributes as they are written; of what changes, the places that do. */
function differencesOf(before: JsonObject | undefined, after: JsonObject | undefined): Difference[] {
  if (before !== undefined && after !== undefined) return differences(before, after);
  const side = before === undefined ? "after" : "before";
  const entries = Object.entries(before ?? after ?? {}).filter(([, value]) => value !== null);
  return entries
    .sort(([one], [other]) => compareText(one, other))
    .map(([path, value]): { path: string; before?: Json; after?: Json } => ({ path, [side]: value }));
}

function judge(
  block: Block,
  difference: Difference,
  action: Change["action"],
  verdict?: Verdict,
): AttributeChange {
  const { path, before, after } = difference;
  if (block.kind !== "resource" || action === "add" || action === "remove")
    return { ...difference, replaces: "no" };
  if (verdict !== undefined) {
    const forces = verdict.paths.some(
      (forced) => path === forced || path.startsWith(`${forced}.`) || path.startsWith(`${forced}[`),
    );
    return { ...difference, replaces: verdict.replaces && forces ? "yes" : "no" };
  }
  return { ...difference, replaces: attributeReplaces(block.type, path, before, after) };
}

function replacementOf(
  block: Block,
  action: Change["action"],
  attributes: readonly AttributeChange[],
  verdict?: Verdict,
): Replacement {
  if (block.kind !== "resource" || action === "add" || action === "remove") return "no";
  if (verdict !== undefined) return verdict.replaces ? "yes" : "no";
  const said = attributes.map(({ replaces }) => replaces);
  if (said.includes("yes")) return "yes";
  return said.includes("unknown") ? "unknown" : "no";
}

/** What a replaced resource takes with it, although its own JSON says the same as before. */
function withReplaced(sides: Sides, changes: readonly Judged[]): Judged[] {
  const replaced = replacedWith(sides.base, sides.head, changes);
  const known = changes.map((change) =>
    replaced.has(change.address) ? { ...change, replacement: "yes" as const } : change,
  );
  const rest = [...replaced].filter((address) => !changes.some((change) => change.address === address));
  const { environment, stack } = sides;
  const added = rest.map((address) => ({
    environment,
    stack,
    address,
    type: sides.head.get(address)?.type ?? "",
    action: "change" as const,
    replacement: "yes" as const,
    attributes: [],
  }));
  return [...known, ...added];
}

function subjectOf({ base, head }: Sides, change: Judged): Subject {
  const { address } = change;
  return {
    kind: (head.get(address) ?? base.get(address))?.kind ?? "resource",
    change,
    before: base.get(address)?.body,
    after: head.get(address)?.body,
    base,
    head,
  };
}
