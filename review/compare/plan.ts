import { type Block, type Blocks, blocksOf } from "../blocks";
import type { Json, StackReview } from "../change";
import { isList, isObject, type JsonObject, same } from "../json";
import type { SynthesizedStack } from "../read";
import { changesOf, type Verdict } from "./changes";

/** What stands for a value that only applying tells, and for one that nobody may see; that it changes may be seen. */
const UNKNOWN = "(known after apply)";
const SENSITIVE = "(sensitive)";
const CHANGED = "(sensitive, and another)";

/** One change of a plan, as far as a review reads it. */
interface Planned {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode?: string;
  readonly type: string;
  readonly deposed?: string;
  readonly change: PlannedValues;
}

interface PlannedValues {
  readonly actions: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
  readonly after_unknown?: Json;
  readonly before_sensitive?: Json;
  readonly after_sensitive?: Json;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** The JSON of a plan. ("JSON Output Format", Terraform internals; format 1.2) */
export interface Plan {
  readonly format_version: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly Planned[];
  readonly output_changes?: Readonly<Record<string, PlannedValues>>;
}

/**
 * Takes a parsed file for a plan.
 *
 * @throws Error when it is none, in a format that is not known, or of a run that failed
 */
export function requirePlan(value: unknown): Plan {
  const plan = (value ?? {}) as Partial<Plan>;
  const { format_version, errored } = plan;
  if (typeof format_version !== "string") throw new Error("is no plan of Terraform's");
  if (!/^1\./.test(format_version))
    throw new Error(`is a plan in format ${format_version}, and only 1.x is known`);
  if (errored === true) throw new Error("is of a plan that failed");
  return { ...plan, format_version };
}

/**
 * A stack's changes as Terraform plans them: exact about what is replaced, and about what differs from the state. What
 * a plan does not speak of, such as the backend or `prevent_destroy`, is still read from the two syntheses.
 */
export function comparePlan(
  plan: Plan,
  before: SynthesizedStack | undefined,
  after: SynthesizedStack,
): StackReview {
  const planned = (plan.resource_changes ?? []).filter(
    ({ mode, deposed }) => mode !== "data" && deposed === undefined,
  );
  const [olds, news] = [blocksOf(before?.json ?? {}), blocksOf(after.json)];
  const { environment, stack } = after;
  const changes = changesOf({
    environment,
    stack,
    base: new Map([...unplanned(olds), ...sideOf(planned, "before", olds), ...outputsOf(plan, "before")]),
    head: new Map([...unplanned(news), ...sideOf(planned, "after", news), ...outputsOf(plan, "after")]),
    movedFrom: new Map(
      planned.flatMap(({ address, previous_address: from }) => (from === undefined ? [] : [[address, from]])),
    ),
    forgotten: new Set(planned.filter(({ change }) => change.actions.includes("forget")).map(addressOf)),
    verdictOf: verdictsOf(planned),
  });
  return { environment, stack, source: "plan", changes };
}

/** Blocks that a plan does not speak of. */
function unplanned(blocks: Blocks): [string, Block][] {
  return [...blocks].filter(([, { kind }]) => kind === "setting" || kind === "data");
}

function addressOf({ address }: Planned): string {
  return address;
}

/** The resources on one side of the plan; what Terraform itself keeps with them comes from the synthesis. */
function sideOf(planned: readonly Planned[], side: "before" | "after", synthesized: Blocks): Blocks {
  const blocks = planned.flatMap(({ address, previous_address, type, change }): [string, Block][] => {
    const body = bodyOf(change, side);
    if (body === undefined) return [];
    const written = synthesized.get(address) ?? synthesized.get(previous_address ?? "");
    const lifecycle = written?.body.lifecycle;
    const filled = side === "after" ? withExpressions(body, written?.body) : body;
    const whole = lifecycle === undefined ? filled : { ...filled, lifecycle };
    return [[address, { address, kind: "resource", type, body: whole }]];
  });
  return new Map(blocks);
}

/** What is not known before applying, as it is written, where it is written. */
function withExpressions(body: JsonObject, written: JsonObject | undefined): JsonObject {
  const entries = Object.entries(body).map(([key, value]): [string, Json] => [
    key,
    value === UNKNOWN ? (written?.[key] ?? value) : value,
  ]);
  return Object.fromEntries(entries);
}

function outputsOf(plan: Plan, side: "before" | "after"): Blocks {
  const blocks = Object.entries(plan.output_changes ?? {}).flatMap(([name, change]): [string, Block][] => {
    const wrapped = {
      ...change,
      [side]: change[side] === null || change[side] === undefined ? null : { value: change[side] },
      after_unknown: { value: change.after_unknown ?? false },
      before_sensitive: { value: change.before_sensitive ?? false },
      after_sensitive: { value: change.after_sensitive ?? false },
    };
    const body = bodyOf(wrapped, side);
    const address = `output.${name}`;
    return body === undefined ? [] : [[address, { address, kind: "output", type: "output", body }]];
  });
  return new Map(blocks);
}

/** One side's values: secrets masked, what is not known marked, what is null left out. */
function bodyOf(change: PlannedValues, side: "before" | "after"): JsonObject | undefined {
  const isThere = side === "before" ? !isCreated(change) : !isDestroyed(change);
  if (!isThere) return undefined;
  const { before = null, after = null } = change;
  const marks =
    side === "before"
      ? { sensitive: change.before_sensitive, was: before }
      : { sensitive: change.after_sensitive, was: before ?? after, unknown: change.after_unknown };
  const body = masked((side === "before" ? before : after) ?? {}, marks);
  return isObject(body) ? body : undefined;
}

function isCreated({ actions }: PlannedValues): boolean {
  return actions.length === 1 && actions[0] === "create";
}

function isDestroyed({ actions }: PlannedValues): boolean {
  return actions.length === 1 && (actions[0] === "delete" || actions[0] === "forget");
}

/** Marks that have the form of a value, with `true` where they apply, and what the value was. */
interface Marks {
  readonly unknown?: Json | undefined;
  readonly sensitive?: Json | undefined;
  readonly was?: Json | undefined;
}

function masked(value: Json, marks: Marks): Json {
  if (marks.sensitive === true) return same(value, marks.was) ? SENSITIVE : CHANGED;
  if (marks.unknown === true) return UNKNOWN;
  if (isList(value)) return value.map((item, index) => masked(item, inside(marks, index)));
  if (!isObject(value)) return value;
  const keys = [
    ...new Set([...Object.keys(value), ...Object.keys(isObject(marks.unknown) ? marks.unknown : {})]),
  ];
  const entries = keys.flatMap((key): [string, Json][] => {
    const item = masked(value[key] ?? null, inside(marks, key));
    return item === null ? [] : [[key, item]];
  });
  return Object.fromEntries(entries);
}

function inside({ unknown, sensitive, was }: Marks, key: string | number): Marks {
  const step = (mark: Json | undefined): Json | undefined => {
    if (typeof key === "number") return isList(mark) ? mark[key] : undefined;
    return isObject(mark) ? mark[key] : undefined;
  };
  return { unknown: step(unknown), sensitive: step(sensitive), was: step(was) };
}

/** Whether Terraform replaces each resource, and which attributes make it. */
function verdictsOf(planned: readonly Planned[]): (address: string) => Verdict {
  const verdicts = new Map(
    planned.map(({ address, change }) => [
      address,
      {
        replaces: change.actions.includes("delete") && change.actions.includes("create"),
        paths: (change.replace_paths ?? []).map((path) =>
          path.filter((step) => typeof step === "string").join("."),
        ),
      },
    ]),
  );
  return (address) => verdicts.get(address) ?? { replaces: false, paths: [] };
}
