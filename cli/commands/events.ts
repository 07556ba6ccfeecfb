import type { Command } from "commander";
import { environmentOption } from "./environment-option";

interface Options {
  readonly env: string;
  readonly list?: boolean;
  readonly yes?: boolean;
}

/** `platform events redrive`: another chance for the messages that nobody could work with. */
export function register(program: Command): void {
  const events = program.command("events").description("the messages about data that arrived");
  events
    .command("redrive")
    .description("put what is in the dead-letter queue back into the queue that Airflow reads")
    .addOption(environmentOption())
    .option("--list", "say what is there and change nothing")
    .option("--yes", "go on without being asked")
    .action(async ({ env, ...options }: Options) => {
      const { loadChecked, pickEnvironment } = await import("../environments");
      const { redrive } = await import("../events/redrive");
      await redrive(pickEnvironment(await loadChecked(program.opts().environments), env), options);
    });
}
