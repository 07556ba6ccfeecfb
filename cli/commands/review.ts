import { type Command, Option } from "commander";
import { formats } from "../review/formats";

/** `platform review`: what a change does, before it is applied. */
export function register(program: Command): void {
  program
    .command("review")
    .description(
      "say what a change does to access, exposure, data and cost, without AWS and without Terraform",
    )
    .option(
      "--base <rev|dir>",
      "what is compared with: a commit, or a synthesized folder (default: where this branch left origin/main or main)",
    )
    .option(
      "--head <rev|dir>",
      "what is reviewed: a commit, or a synthesized folder (default: the working tree)",
    )
    .option("--env <environment...>", "these environments alone; `account` is what an account has once")
    .option(
      "--plan <dir>",
      "say what Terraform plans instead, where the folder has <stack>.json of `terraform show -json`",
    )
    .addOption(
      new Option(
        "--format <format>",
        "how it is written (default: as the end of --output says, or text)",
      ).choices(formats),
    )
    .option("--output <file>", "where it is written (default: the terminal)")
    .option("--all", "as text: every attribute, old → new", false)
    .option(
      "--fail-on <categories>",
      "exit with 3 on a risk of these: access,exposure,data,cost; unknown is what is not assessed",
    )
    .action(async (options) => {
      const { reviewChanges } = await import("../review/review");
      process.exitCode = await reviewChanges(options, program.opts().environments);
    });
}
