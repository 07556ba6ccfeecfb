import { describeEnvironments } from "../describe";
import { shown } from "../places";
import { Asker } from "./asker";
import { collect, refusal, refuse, type Source } from "./collect";
import { installChecked, refuseOverwriting } from "./install";
import { type PerEnvironment, saidOf, strangers } from "./per-environment";
import { type Answers, companyQuestions, environmentQuestions } from "./questions";
import { type Company, type Environment, renderEnvironment } from "./render";

/** What the user said on the command line. */
export interface InitOptions {
  /** Answers about the company, by question. */
  readonly company: Readonly<Record<string, string | undefined>>;
  /** Answers about environments, by question. */
  readonly environments: PerEnvironment;
  /** Take each question's default instead of asking. */
  readonly yes: boolean;
  /** Replace files that are there. */
  readonly force: boolean;
}

/** Asks about a company and its environments, and writes their files into a folder. */
export async function init(directory: string, options: InitOptions): Promise<void> {
  checkOptions(options);
  const asker = options.yes ? undefined : new Asker();
  try {
    const { company, environments } = await answersOf(directory, options, asker);
    const files = environments.map((one, index) => [
      fileOf(one.environment),
      renderEnvironment(company, one, { index, deployAfter: environments[index - 1]?.environment }),
    ]);
    const configs = await installChecked(directory, Object.fromEntries(files), options.force);
    console.log(describeEnvironments(configs));
    console.log(`\nwritten to ${shown(directory)}; next: ./platform doctor, and docs/guides/quick-start.md`);
  } finally {
    asker?.close();
  }
}

function fileOf(environment: string): string {
  return `${environment}.tfvars`;
}

/** What is wrong with the options alone is said before anything is asked. */
function checkOptions({ company, environments }: InitOptions): void {
  const given = [
    ...companyQuestions.map((question) => ({ question, typed: company[question.key] })),
    ...environmentQuestions.flatMap((question) =>
      (environments[question.key] ?? []).map((said) => ({
        question,
        typed: said.slice(said.indexOf("=") + 1),
      })),
    ),
  ];
  refuse(
    given.flatMap(({ question, typed }) => {
      const answer = typed === undefined ? { value: undefined } : question.read(typed);
      if ("value" in answer) return [];
      return [refusal(question, typed ?? "", answer.finding)];
    }),
  );
}

async function answersOf(directory: string, options: InitOptions, asker: Asker | undefined) {
  const problems: string[] = [];
  const from = (given: Source["given"]): Source => ({ given, asker });
  const about = await collect(
    companyQuestions,
    {},
    from(({ key }) => options.company[key]),
    problems,
  );
  const names = (about.envs ?? []) as readonly string[];
  problems.push(...strangers(options.environments, names));
  refuseOverwriting(directory, names.map(fileOf), options.force);
  const environments: Environment[] = [];
  let before: Answers = {};
  for (const environment of names) {
    if (asker) console.log(`\n${environment}`);
    const known = { environment, account: before.account };
    const source = from((question) => saidOf(options.environments, environment, question));
    before = await collect(environmentQuestions, known, source, problems);
    environments.push(before as unknown as Environment);
  }
  refuse(problems);
  return { company: about as unknown as Company, environments };
}
