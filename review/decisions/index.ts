import aws from "./aws.json";
import { type Decision, parseDecision, type TextName, UNDECIDED } from "./decision";
import terraform from "./terraform.json";
import texts from "./texts.json";

export { type Decision, isKind, type Kind, kinds, type Rule, UNDECIDED } from "./decision";

/** Decisions of one type, by path; several about one argument stand in a list. */
export type Table = Readonly<Record<string, string | readonly string[]>>;

/** Paths of what is no argument: that a block comes, and that it goes. */
export const ADDED = "(added)";
export const REMOVED = "(removed)";

const types: ReadonlyMap<string, Table> = new Map(Object.entries<Table>({ ...aws, ...terraform }));
const options: Readonly<Record<TextName, Table>> = texts;

/** Whether anything was decided about a type. */
export function isDecidedType(type: string): boolean {
  return types.has(type);
}

/** What was decided about a block that comes or goes: `grants`, `by policies`, `harmless`; undefined for nothing. */
export function presenceOf(type: string, presence: typeof ADDED | typeof REMOVED): string | undefined {
  const decision = types.get(type)?.[presence];
  return typeof decision === "string" ? decision : undefined;
}

/**
 * What was decided about an argument of a type; undefined when nobody has decided. What is decided about an argument
 * holds for everything inside it that has no decision of its own.
 *
 * @param shared the decisions that hold for every type of the same kind of block
 */
export function decisionsOn(
  type: string,
  path: string,
  shared: "resource" | "data" | "provider" | undefined,
): readonly Decision[] | undefined {
  const own = nearest(types.get(type), path);
  const found = own ?? (shared === undefined ? undefined : nearest(types.get(shared), path));
  if (found === undefined || found.decision === UNDECIDED) return undefined;
  const decisions = [found.decision].flat().map(known);
  const [first] = decisions;
  return first?.of === "text" ? decisionsOnOption(first.table, rest(path, found.path)) : decisions;
}

/** What was decided about an option of a text, such as `spark.authenticate`. */
export function decisionsOnOption(table: TextName, option: string): readonly Decision[] | undefined {
  const found = nearest(options[table], option);
  if (found === undefined) return undefined;
  const decisions = [found.decision].flat().map(known);
  const [first] = decisions;
  return first?.of === "text" ? decisionsOnOption(first.table, rest(option, found.path)) : decisions;
}

/** Whether a name is a fact's that DAGs and other stacks read. */
export function isFact(name: string): boolean {
  return Object.keys(texts.facts).some((path) => path === name || path.startsWith(`${name}.`));
}

/** The decision about a path, or about the nearest path that it is inside of. */
function nearest(
  table: Table | undefined,
  path: string,
): { readonly path: string; readonly decision: string | readonly string[] } | undefined {
  if (table === undefined) return undefined;
  for (let end = path.length; end >= 0; end = end === 0 ? -1 : Math.max(path.lastIndexOf(".", end - 1), 0)) {
    const here = path.slice(0, end);
    const decision = Object.hasOwn(table, here) ? table[here] : undefined;
    if (decision !== undefined) return { path: here, decision };
  }
  return undefined;
}

function rest(path: string, prefix: string): string {
  return path.slice(prefix.length + 1);
}

const parsed = new Map<string, Decision>();

function known(text: string): Decision {
  const decision = parsed.get(text) ?? parseDecision(text);
  parsed.set(text, decision);
  return decision;
}
