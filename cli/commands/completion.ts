import { Argument, type Command } from "commander";
import { type Shell, shells } from "../completion";

/** `platform completion`: what a shell needs to complete this command line. */
export function register(program: Command): void {
  program
    .command("completion")
    .description(
      "print the completion of a shell, for `source <(./platform completion bash)` in its start-up file",
    )
    .addArgument(new Argument("<shell>").choices(shells))
    .action(async (shell: Shell) => {
      const { completionScript } = await import("../completion");
      process.stdout.write(completionScript(shell, program, program.opts().environments));
    });
}
