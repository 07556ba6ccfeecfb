import pc from "picocolors";
import { Failure } from "../../base/failure";
import type { Asker } from "./asker";
import type { Answers, Question } from "./questions";

/** Where answers come from: options first, then somebody who is asked, or else each question's own default. */
export interface Source {
  /** What an option says, as it was typed; undefined when it is not given. */
  readonly given: (question: Question) => string | undefined;
  /** @default nobody is asked */
  readonly asker?: Asker | undefined;
}

/** How an answer's refusal reads, with the option that it belongs to. */
export function refusal(
  { key }: Question,
  typed: string,
  says: { message: string; allowed: string },
): string {
  return `--${optionName(key)} "${typed}" ${says.message}; ${says.allowed}`;
}

/** The option of a question: `--mail-from` of `mail_from`. */
function optionName(key: string): string {
  return key.replaceAll("_", "-");
}

/**
 * Answers to all questions, each put after those before it. What options say wrongly is added to `problems`, and what
 * nobody can be asked for as well; an answer that somebody types is asked for until it is right.
 */
export async function collect(
  questions: readonly Question[],
  known: Answers,
  source: Source,
  problems: string[],
): Promise<Answers> {
  const answers: Record<string, unknown> = { ...known };
  for (const question of questions) {
    const given = source.given(question);
    if (given !== undefined) answers[question.key] = readGiven(question, given, problems);
    else if (source.asker) answers[question.key] = await askUntilRight(question, answers, source.asker);
    else answers[question.key] = readDefault(question, answers, problems);
  }
  return answers;
}

/** @throws Failure with all of them, before anything is asked or written */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Failure(
    `${problems.join("\n  ")}\n  nothing was written`,
    "platform init --help lists the options",
  );
}

function readGiven(question: Question, typed: string, problems: string[]): unknown {
  const answer = question.read(typed);
  if ("value" in answer) return answer.value;
  problems.push(refusal(question, typed, answer.finding));
  return undefined;
}

function readDefault(question: Question, answers: Answers, problems: string[]): unknown {
  const typed = question.otherwise(answers);
  if (typed !== undefined) return readGiven(question, typed, problems);
  problems.push(`--${optionName(question.key)} is missing; use ${question.allowed}`);
  return undefined;
}

async function askUntilRight(question: Question, answers: Answers, asker: Asker): Promise<unknown> {
  const otherwise = question.otherwise(answers);
  const hint = otherwise === undefined ? "" : ` [${otherwise}]`;
  for (;;) {
    const typed = (await asker.ask(`${question.asks}${hint}`)).trim() || (otherwise ?? "");
    const answer = question.read(typed);
    if ("value" in answer) return answer.value;
    console.log(`${pc.red("✗")} "${typed}" ${answer.finding.message}; ${answer.finding.allowed}`);
  }
}
