import { type Answer, allowedAt, type Path, readAnswer } from "../../config";
import { isSize, sizeNamed, sizes } from "./sizes";

/** What has been answered so far, by the question's key. */
export type Answers = Readonly<Record<string, unknown>>;

/** Something that is asked, or given as an option of the same name. */
export interface Question {
  readonly key: string;
  readonly asks: string;
  readonly allowed: string;
  readonly read: (typed: string) => Answer;
  /** What Enter alone means, as one would type it; undefined when there has to be an answer. */
  readonly otherwise: (answers: Answers) => string | undefined;
}

type Otherwise = Question["otherwise"];
const nothing: Otherwise = () => undefined;

/** What "none" means where a key may be left out of the file. */
const none = "none";

function about(key: string, place: Path, asks: string, otherwise = nothing): Question {
  return { key, asks, otherwise, allowed: allowedAt(place), read: (typed) => readAnswer(place, typed) };
}

function optional(question: Question): Question {
  return {
    ...question,
    allowed: `${question.allowed}, or ${none}`,
    otherwise: () => none,
    read: (typed) => (typed.trim() === none ? { value: undefined } : question.read(typed)),
  };
}

/** What is the same in all environments. */
export const companyQuestions: readonly Question[] = [
  about("project", ["project"], "Name of the platform, which every resource's name begins with"),
  about("region", ["region"], "AWS region"),
  about("owner", ["owner"], "Who answers for it (a tag)", () => "data-platform"),
  about("cost_centre", ["cost_centre"], "Who pays for it (a tag)", ({ owner }) =>
    String(owner ?? "data-platform"),
  ),
  about(
    "emails",
    ["orchestration", "notification_emails"],
    "Who is told of runs and alarms (mail addresses)",
  ),
  about("mail_from", ["orchestration", "mail_from"], "Sender of Airflow's mails", senderFor),
  optional(about("repository", ["ci", "repository"], "GitHub repository that plans and applies")),
  {
    key: "envs",
    asks: "Environments, in the order in which they are deployed",
    allowed: `names of environments, each ${allowedAt(["environment"])}`,
    otherwise: () => "dev staging prod",
    read: readNames,
  },
];

/** What is asked of each environment; `answers.environment` is its name. */
export const environmentQuestions: readonly Question[] = [
  about("account", ["account_id"], "AWS account", ({ account }) => account as string | undefined),
  {
    key: "size",
    asks: "Size (small saves money, large survives the loss of a zone)",
    allowed: `one of ${sizes.join(", ")}`,
    otherwise: ({ environment }) => sizeNamed(String(environment)),
    read: readSize,
  },
  about("compute", ["processing", "compute"], "What the pipeline runs on", ({ size }) => {
    return size === "small" ? "emr_serverless" : "emr";
  }),
  about("vpn", ["access", "vpn", "enabled"], "A VPN for people (yes or no)", () => "yes"),
  optional(
    about(
      "budget",
      ["observability", "budget", "monthly_usd"],
      "Budget of a month in US dollars, to be warned",
    ),
  ),
];

function senderFor({ emails }: Answers): string | undefined {
  const [first] = Array.isArray(emails) ? emails : [];
  return typeof first === "string" ? `airflow@${first.slice(first.indexOf("@") + 1)}` : undefined;
}

function readNames(typed: string): Answer {
  const names = typed.split(/[\s,]+/).filter((name) => name !== "");
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    return { finding: { message: `names ${twice} twice`, allowed: "name each of them once" } };
  const [wrong] = (names.length === 0 ? [""] : names).flatMap((name) => {
    const answer = readAnswer(["environment"], name);
    return "finding" in answer ? [answer.finding] : [];
  });
  return wrong === undefined ? { value: names } : { finding: wrong };
}

function readSize(typed: string): Answer {
  const size = typed.trim();
  if (isSize(size)) return { value: size };
  return { finding: { message: "is not a size", allowed: `use one of ${sizes.join(", ")}` } };
}
