import type { Command } from "commander";
import { exitCodes } from "../../contracts/layout";

/** `platform check`: validates every environment and prints every problem there is; warnings do not make it fail. */
export function register(program: Command): void {
  program
    .command("check")
    .description("validate every environment's .tfvars; print all problems at once")
    .option("--json", "print environments, problems and warnings as JSON", false)
    .action(async ({ json }: { readonly json: boolean }) => {
      if (json) {
        const { checkAsJson } = await import("../environments");
        const { printJson } = await import("../json-output");
        return printJson(async () => {
          const result = await checkAsJson(program.opts().environments);
          if (result.problems.length > 0) process.exitCode = exitCodes.failed;
          return result;
        });
      }
      const { loadChecked } = await import("../environments");
      const { describeEnvironments } = await import("../describe");
      const { formatProblems } = await import("../../config");
      const configs = await loadChecked(program.opts().environments, (warnings) => {
        console.error(`${formatProblems(warnings, "warning")}\n`);
      });
      console.log(describeEnvironments(configs));
    });
}
