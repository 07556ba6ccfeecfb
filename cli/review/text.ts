import pc from "picocolors";
import { type Category, type Change, categories, type Review } from "../../review/change";
import { countChanges, countRisks, titles, verbOf } from "../../review/headlines";
import { countsOf, type Remark, remarksOf } from "../../review/summary";
import { plural, sayValue } from "../../review/words";
import { table } from "../table";

/**
 * A review as a terminal shows it: the risks, what is safer or cheaper, and what changes in each stack.
 *
 * @param all every change, attribute by attribute, instead of counts
 */
export function renderText(review: Review, all: boolean): string {
  const remarks = remarksOf(review);
  const risks = remarks.filter(({ risk }) => risk);
  const reliefs = remarks.filter(({ risk }) => !risk);
  const parts = [
    `${pc.bold(review.base)} → ${pc.bold(review.head)}: ${countChanges(review)}`,
    ...categories.flatMap((category) => renderRisks(category, risks)),
    risks.length === 0 ? pc.green("no risk found") : pc.red(countRisks(risks)),
    ...(all
      ? [renderReliefs(reliefs), ...review.stacks.flatMap(({ changes }) => changes.map(renderChange))]
      : []),
    renderCounts(review),
    ...(all ? [] : [renderHint(review, reliefs)]),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function renderRisks(category: Category, risks: readonly Remark[]): string[] {
  const own = risks.filter((risk) => risk.category === category);
  return own.length === 0 ? [] : [[pc.bold(titles[category]), ...own.map(renderRemark)].join("\n")];
}

/** A remark under its resource, which is named once for several. */
function renderRemark(remark: Remark, index: number, all: readonly Remark[]): string {
  const mark = remark.risk ? pc.red("✗") : pc.green("✓");
  const place = placeOf(remark);
  const earlier = all[index - 1];
  const sentence = `    ${mark} ${remark.sentence}`;
  return earlier !== undefined && placeOf(earlier) === place ? sentence : `  ${place}\n${sentence}`;
}

function placeOf({ environments, stack, address }: Remark): string {
  return `${pc.dim(`${environments.join(", ")} · ${stack}`)}  ${pc.bold(address)}`;
}

function renderReliefs(reliefs: readonly Remark[]): string {
  if (reliefs.length === 0) return "";
  return [pc.bold("Narrows, protects or saves"), ...reliefs.map(renderRemark)].join("\n");
}

const colours = { add: pc.green, remove: pc.red, change: pc.yellow, move: pc.yellow };

function renderChange(change: Change): string {
  const { action, environment, stack, address, attributes } = change;
  const head = `${colours[action](address)} ${verbOf(change)}  ${pc.dim(`${environment} · ${stack}`)}`;
  const lines = attributes.map(({ path, before, after, replaces }) => {
    const sides = [before, after].map((value) => (value === undefined ? "–" : sayValue(value)));
    const value =
      action === "add" || action === "remove" ? sides.find((side) => side !== "–") : sides.join(" → ");
    return `    ${path}: ${value ?? "–"}${replaces === "yes" ? pc.red("  forces the replacement") : ""}`;
  });
  return [head, ...lines].join("\n");
}

const columns = ["added", "changed", "moved", "removed", "forgotten", "replaced", "unknown"] as const;
const headings: Partial<Record<(typeof columns)[number], string>> = {
  forgotten: "let go",
  unknown: "only a plan tells",
};

/** One line for each stack that changes. */
function renderCounts(review: Review): string {
  const rows = review.stacks
    .filter(({ changes }) => changes.length > 0)
    .map((stack) => {
      const counts = countsOf(stack);
      const from = (stack.source ?? review.source) === "plan" ? "plan" : "json";
      return [stack.environment, stack.stack, ...columns.map((column) => counts[column]), from];
    });
  if (rows.length === 0) return "";
  return table(
    ["environment", "stack", ...columns.map((column) => headings[column] ?? column), "from"],
    rows,
  );
}

function renderHint(review: Review, reliefs: readonly Remark[]): string {
  if (review.stacks.every(({ changes }) => changes.length === 0)) return "";
  const safer =
    reliefs.length === 0
      ? ""
      : `${plural(reliefs.length, "thing is", "things are")} narrower, safer or cheaper; `;
  return pc.dim(`${safer}--all shows every attribute`);
}
