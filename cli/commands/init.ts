import { resolve } from "node:path";
import type { Command } from "commander";

interface Options {
  readonly project?: string;
  readonly region?: string;
  readonly owner?: string;
  readonly costCentre?: string;
  readonly emails?: string;
  readonly mailFrom?: string;
  readonly repository?: string;
  readonly envs?: string;
  readonly account?: readonly string[];
  readonly size?: readonly string[];
  readonly compute?: readonly string[];
  readonly vpn?: readonly string[];
  readonly budget?: readonly string[];
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** `platform init`: a new company's environments, from a few answers. */
export function register(program: Command): void {
  const command = program
    .command("init")
    .description(
      "ask a few questions, and write a new company's environments into the folder of --environments",
    )
    .option("--project <name>", "name of the platform")
    .option("--region <region>", "AWS region")
    .option("--owner <team>", "who answers for it")
    .option("--cost-centre <name>", "who pays for it")
    .option("--emails <addresses>", "who is told of runs and alarms, with commas")
    .option("--mail-from <address>", "sender of Airflow's mails")
    .option("--repository <owner/name>", "GitHub repository that plans and applies, or none")
    .option("--envs <names>", "environments in their order of deployment, with commas");
  perEnvironment(command)
    .option("--yes", "ask nothing: what is not given takes its default, or is refused")
    .option("--force", "replace files that are there")
    .action(async (options: Options) => {
      const { init } = await import("../init/init");
      await init(resolve(program.opts().environments), optionsOf(options));
    });
}

function perEnvironment(command: Command): Command {
  return command
    .option(
      "--account <id...>",
      "AWS account: one for all environments, or prod=222222222222 for one of them",
    )
    .option("--size <size...>", "small, standard or large; for all, or prod=large")
    .option("--compute <engine...>", "emr or emr_serverless; for all, or dev=emr_serverless")
    .option("--vpn <yes|no...>", "a VPN for people; for all, or dev=no")
    .option("--budget <dollars...>", "budget of a month in US dollars, or none; for all, or prod=6000");
}

function optionsOf(options: Options) {
  const { project, region, owner, costCentre, emails, mailFrom, repository, envs } = options;
  const { account, size, compute, vpn, budget, yes = false, force = false } = options;
  return {
    company: {
      project,
      region,
      owner,
      emails,
      repository,
      cost_centre: costCentre,
      mail_from: mailFrom,
      envs,
    },
    environments: { account, size, compute, vpn, budget },
    yes,
    force,
  };
}
