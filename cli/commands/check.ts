import type { Command } from "commander";

/** `platform check`: validates every environment and prints every problem there is; warnings do not make it fail. */
export function register(program: Command): void {
  program
    .command("check")
    .description("validate every environment's .tfvars; print all problems at once")
    .action(async () => {
      const { loadChecked } = await import("../environments");
      const { describeEnvironments } = await import("../describe");
      const { formatProblems } = await import("../../config");
      const configs = await loadChecked(program.opts().environments, (warnings) => {
        console.error(`${formatProblems(warnings, "warning")}\n`);
      });
      console.log(describeEnvironments(configs));
    });
}
