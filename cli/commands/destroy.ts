import type { Command } from "commander";
import { requireTerminal } from "../confirm";
import { requireEnvironment } from "../environments";
import { withEnvironment } from "./terraform-options";

/** `platform destroy`: destroys one environment, never the account's bootstrap. */
export function register(program: Command): void {
  withEnvironment(program.command("destroy"))
    .description("destroy one environment's stacks, last one first; the account's bootstrap stays")
    .option("--yes", "destroy without being asked", false)
    .option(
      "--including-data <project-environment>",
      "second key: give up the buckets, keys and their data too",
    )
    .action(async (options) => {
      await requireEnvironment(program.opts().environments, options.env);
      requireTerminal(options.yes);
      const { openSession } = await import("../terraform/session");
      const { destroyEnvironment } = await import("../terraform/destroy-environment");
      const { conclude } = await import("../terraform/walk");
      const session = await openSession(program.opts().environments, options);
      conclude(await destroyEnvironment(session, options));
    });
}
