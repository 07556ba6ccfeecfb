import { Command, Option } from "commander";
import { register as registerBundle } from "./commands/bundle";
import { register as registerCheck } from "./commands/check";
import { places } from "./places";
import { reportFailure } from "./report-failure";

const commands = [registerCheck, registerBundle];

/** The whole command line. Commands load what they need when they run: `check` never pays for Terraform or AWS. */
export function createProgram(): Command {
  const program = new Command("platform")
    .description(
      "Checks, synthesizes, plans and applies the platform, publishes its jobs and runs them here.",
    )
    .addOption(
      new Option("--environments <dir>", "folder of the environments' .tfvars").default(
        places.environments,
        "environments/",
      ),
    )
    .showHelpAfterError("(platform --help lists the commands, platform <command> --help their options)")
    .showSuggestionAfterError();
  for (const register of commands) register(program);
  return program;
}

/** Runs one command line and sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
