import type { Command } from "commander";
import { exitCodes } from "../../contracts/layout";
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
    .option("--json", "print what was found as JSON", false)
    .action(async ({ json, ...options }: DoctorOptions & { readonly json: boolean }) => {
      const { examine, diagnoseAll } = await import("../doctor/examine");
      const { printJson } = await import("../json-output");
      if (!json) return examine(program.opts().environments, options);
      return printJson(async () => {
        const { diagnoses, inTheWay } = await diagnoseAll(program.opts().environments, options);
        if (inTheWay > 0) process.exitCode = exitCodes.failed;
        const found = diagnoses.map(({ neededBy: needed_by, ...one }) => ({ ...one, needed_by }));
        return { in_the_way: inTheWay, diagnoses: found };
      });
    });
}
