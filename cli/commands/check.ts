import type { Command } from "commander";

/** `platform check`: validates every environment and prints every problem there is. */
export function register(program: Command): void {
  program
    .command("check")
    .description("validate every environment's .tfvars; print all problems at once")
    .action(async () => {
      const { loadChecked } = await import("../environments");
      const { describeEnvironments } = await import("../describe");
      console.log(describeEnvironments(await loadChecked(program.opts().environments)));
    });
}
