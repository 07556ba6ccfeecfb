import type { Command } from "commander";
import type { DoctorOptions } from "../doctor/examine";

/** `platform doctor`: what is missing on this machine, and in an environment's account, and what to do about it. */
export function register(program: Command): void {
  program
    .command("doctor")
    .description(
      "look at tools, configuration and, of an environment, credentials, state bucket, certificates, quotas and what its account has once",
    )
    .option("--env <environment>", "look at the account of this environment, too")
    .option("--tests", "what the tests need counts, too")
    .action(async (options: DoctorOptions) => {
      const { examine } = await import("../doctor/examine");
      await examine(program.opts().environments, options);
    });
}
