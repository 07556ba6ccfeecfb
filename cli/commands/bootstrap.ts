import type { Command } from "commander";
import { requireTerminal } from "../confirm";
import { requireEnvironment } from "../environments";
import { withEnvironment } from "./terraform-options";

/** `platform bootstrap`: makes what exists once per account, the state bucket first of all. */
export function register(program: Command): void {
  withEnvironment(program.command("bootstrap"))
    .description(
      "make what an environment's account has once: state bucket, trail, access for CI; harmless to repeat",
    )
    .option("--yes", "apply without being asked", false)
    .action(async (options) => {
      await requireEnvironment(program.opts().environments, options.env);
      requireTerminal(options.yes);
      const { openSession } = await import("../terraform/session");
      const { bootstrapAccount } = await import("../terraform/bootstrap-account");
      const { conclude } = await import("../terraform/walk");
      const session = await openSession(program.opts().environments, options);
      conclude(await bootstrapAccount(session, options.yes));
    });
}
