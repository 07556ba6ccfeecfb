import type { Command } from "commander";

/** `platform contract check`: what the data contracts promise, against the standard and against what is in use. */
export function register(program: Command): void {
  const contract = program.command("contract").description("the data contracts in etl/contracts");
  contract
    .command("check")
    .description("validate the contracts, and refuse changes that their versions do not tell")
    .option(
      "--base <rev|dir>",
      "the contracts in use: a commit, or a folder (default: where this branch left origin/main or main)",
    )
    .action(async ({ base }: { readonly base?: string }) => {
      const { checkPlatformContracts } = await import("../contract/check");
      console.log(checkPlatformContracts(base));
    });
}
