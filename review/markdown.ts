import {
  type AttributeChange,
  type Category,
  type Change,
  categories,
  type Review,
  type StackReview,
} from "./change";
import { countChanges, countRisks, titles, verbOf } from "./headlines";
import { type Remark, remarksOf } from "./summary";
import { plural, sayValue } from "./words";

/** GitHub refuses a comment of more characters. */
export const LONGEST_COMMENT = 65_536;

/** By this line a later review finds the comment to replace; readers do not see it. */
export const MARKER = "<!-- platform-review -->";

/** Kept for what says that something was left out. */
const RESERVE = 800;

/**
 * A review as a comment of a pull request: risks first and open, everything else folded. What does not fit is left
 * out from the end, where details are, and the comment says how much; risks are never left out without being counted.
 */
export function renderMarkdown(review: Review, longest = LONGEST_COMMENT): string {
  const remarks = remarksOf(review);
  const room = new Room(longest - RESERVE);
  room.add(
    `${MARKER}\n### Review: ${code(review.base)} → ${code(review.head)}\n\n${sayWhole(review, remarks)}\n`,
  );
  const omitted = addRisks(
    room,
    remarks.filter(({ risk }) => risk),
  );
  const reliefs = remarks.filter(({ risk }) => !risk);
  const left =
    reliefs.length > 0 &&
    !room.add(folded(`What narrows, protects or saves (${reliefs.length})`, list(reliefs)));
  const stacks = review.stacks.filter(({ changes }) => changes.length > 0);
  const hidden = stacks.filter((stack) => !room.add(renderStack(stack)));
  return `${room.text}${sayOmitted(omitted, left, hidden)}`;
}

/** Text up to a number of characters. */
class Room {
  text = "";

  constructor(private readonly longest: number) {}

  /** Adds a part, if all of it fits. */
  add(part: string): boolean {
    if (this.text.length + part.length > this.longest) return false;
    this.text += part;
    return true;
  }
}

function sayWhole(review: Review, remarks: readonly Remark[]): string {
  const risks = remarks.filter(({ risk }) => risk);
  const from = review.source === "plan" ? "Terraform's plans" : "the synthesized JSON";
  const what = risks.length === 0 ? "**No risk found.**" : `**${countRisks(risks)}**`;
  return `${what} ${countChanges(review)}, from ${from}.`;
}

/** Adds the risks by category; returns how many of each did not fit. */
function addRisks(room: Room, risks: readonly Remark[]): ReadonlyMap<Category, number> {
  const omitted = new Map<Category, number>();
  for (const category of categories) {
    const own = risks.filter((risk) => risk.category === category);
    if (own.length === 0) continue;
    room.add(`\n#### ${titles[category]}\n\n`);
    const left = own.filter((risk) => !room.add(list([risk])));
    if (left.length > 0) omitted.set(category, left.length);
  }
  return omitted;
}

function list(remarks: readonly Remark[]): string {
  return remarks
    .map(
      ({ environments, stack, address, sentence }) =>
        `- **${plain(`${environments.join(", ")} · ${stack}`)}** ${code(address)}: ${plain(sentence)}\n`,
    )
    .join("");
}

function folded(summary: string, content: string): string {
  return `\n<details><summary>${summary}</summary>\n\n${content}\n</details>\n`;
}

function renderStack({ environment, stack, changes }: StackReview): string {
  const title = `${environment} · ${stack}: ${plural(changes.length, "change")}`;
  const lines = changes.flatMap(renderChange).join("\n");
  const fence = "`".repeat(Math.max(3, ...[...lines.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return folded(title, `${fence}diff\n${lines}\n${fence}\n`);
}

function renderChange(change: Change): string[] {
  const mark = { add: "+", remove: "-", change: "!", move: "!" }[change.action];
  return [
    `${mark} ${change.address} ${verbOf(change)}`,
    ...change.attributes.flatMap(renderAttribute(change)),
  ];
}

const renderAttribute =
  ({ action }: Change) =>
  ({ path, before, after, replaces }: AttributeChange): string[] => {
    if (action === "add" || action === "remove") return [];
    const note = replaces === "yes" ? " (forces the replacement)" : "";
    return [
      ...(before === undefined ? [] : [`-   ${path}: ${sayValue(before)}${note}`]),
      ...(after === undefined ? [] : [`+   ${path}: ${sayValue(after)}${note}`]),
    ];
  };

function sayOmitted(
  risks: ReadonlyMap<Category, number>,
  areReliefsLeft: boolean,
  stacks: readonly StackReview[],
): string {
  const parts = [
    ...[...risks].map(
      ([category, count]) => `**${plural(count, "more risk")} of ${titles[category].toLowerCase()}**`,
    ),
    ...(areReliefsLeft ? ["what narrows, protects or saves"] : []),
    ...(stacks.length === 0 ? [] : [`the details of ${plural(stacks.length, "stack")}`]),
  ];
  if (parts.length === 0) return "";
  return `\n> [!WARNING]\n> Too long for a comment. Left out: ${parts.join("; ")}. \`platform review\` shows all of it.\n`;
}

/** Text whose characters mean nothing to Markdown, and notify nobody. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|~#]/g, "\\$&").replaceAll("@", "@\u200b");
}

function code(text: string): string {
  return text.includes("`") ? plain(text) : `\`${text}\``;
}
