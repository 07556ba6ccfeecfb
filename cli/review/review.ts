import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import { type Category, categories, type Review } from "../../review/change";
import { compareRevisions } from "../../review/compare";
import { renderMarkdown } from "../../review/markdown";
import type { SynthesizedStack } from "../../review/read";
import { risksOf } from "../../review/summary";
import { shown } from "../places";
import { type Format, formatOf } from "./formats";
import { requireEnvironments } from "./names";
import { plansIn } from "./plans";
import { baseRevision, headRevision, tell } from "./revisions";
import { renderText } from "./text";

/** Exit code when `--fail-on` meets a risk: 1 is a failure of the command's own, 2 what `plan` uses for changes. */
export const RISK_FOUND = 3;

/** What the user asked for. */
export interface ReviewOptions {
  readonly base?: string;
  readonly head?: string;
  /** Environments to look at alone. */
  readonly env?: readonly string[];
  readonly plan?: string;
  /** @default what the end of `output` says, or text */
  readonly format?: Format;
  readonly output?: string;
  readonly all: boolean;
  readonly failOn?: string;
}

/**
 * Reviews, and writes the review.
 *
 * @returns the exit code
 */
export async function reviewChanges(options: ReviewOptions, environments: string): Promise<number> {
  const gates = gatesOf(options.failOn);
  const planOf = options.plan === undefined ? undefined : plansIn(options.plan);
  if (options.env !== undefined) requireEnvironments(options.env, options, environments);
  const head = await headRevision(options.head, environments);
  const base = await baseRevision(options.base);
  const chosen = choose([...base.stacks, ...head.stacks], options.env);
  const [olds, news] = [base.stacks.filter(chosen), head.stacks.filter(chosen)];
  const review = compareRevisions({ ...base, stacks: olds }, { ...head, stacks: news }, planOf);
  if (options.plan !== undefined && review.source === "json") {
    tell(`--plan ${options.plan}: no plan of these stacks is there, so their synthesized JSON is compared`);
  }
  const text = await render(review, news, options);
  if (options.output === undefined) process.stdout.write(text);
  else writeWhole(options.output, text);
  if (options.output !== undefined) tell(`written to ${shown(options.output)}`);
  return isStopped(review, gates) ? RISK_FOUND : 0;
}

async function render(
  review: Review,
  stacks: readonly SynthesizedStack[],
  options: ReviewOptions,
): Promise<string> {
  const { format = formatOf(options.output) } = options;
  if (format === "json") return `${JSON.stringify(review, null, 2)}\n`;
  if (format === "markdown") return renderMarkdown(review);
  if (format === "text") return `${renderText(review, options.all)}\n`;
  const { renderPage } = await import("../../review/page");
  return renderPage(review, stacks);
}

/** Which stacks the user wants to see; what an account has once belongs to every environment. */
function choose(
  stacks: readonly SynthesizedStack[],
  names: readonly string[] | undefined,
): (stack: SynthesizedStack) => boolean {
  if (names === undefined) return () => true;
  const known = [...new Set(stacks.map(({ environment }) => environment))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return ({ environment }) => names.includes(environment);
  throw new Failure(`no environment is called "${unknown}"`, `there are ${known.join(", ")}`);
}

function gatesOf(text: string | undefined): readonly Category[] {
  const risky = categories.filter((category) => category !== "other");
  const names = (text ?? "").split(",").filter((name) => name !== "");
  return names.map((name) => {
    const category = risky.find((known) => known === name.trim());
    if (category !== undefined) return category;
    throw new Failure(`--fail-on ${text}: "${name}" is no category`, `there are ${risky.join(", ")}`);
  });
}

function isStopped(review: Review, gates: readonly Category[]): boolean {
  const met = [...new Set(risksOf(review).map(({ category }) => category))].filter((category) =>
    gates.includes(category),
  );
  const risks = met.filter((category) => category !== "unknown");
  const parts = [
    ...(risks.length === 0 ? [] : [`risks of ${risks.join(", ")}`]),
    ...(met.includes("unknown") ? ["changes that are not assessed"] : []),
  ];
  if (met.length > 0) tell(`stopped by --fail-on: there are ${parts.join(", and ")}`);
  return met.length > 0;
}
