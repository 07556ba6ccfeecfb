import { type Command, Option } from "commander";
import { environmentOption } from "./environment-option";

/** Adds the options of every command that drives Terraform over one environment. */
export function withEnvironment(command: Command): Command {
  return command
    .addOption(environmentOption())
    .addOption(
      new Option("--lock-timeout <duration>", "how long to wait for a state another run has locked").default(
        "60s",
      ),
    );
}
