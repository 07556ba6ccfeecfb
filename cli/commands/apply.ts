import type { Command } from "commander";
import { requireTerminal } from "../confirm";
import { requireEnvironment } from "../environments";
import { withEnvironment } from "./terraform-options";

/** `platform apply`: applies one environment, publishing its jobs on the way. */
export function register(program: Command): void {
  withEnvironment(program.command("apply"))
    .description(
      "apply one environment's stacks in order, from saved plans; publish jobs and DAGs before Airflow",
    )
    .option("--yes", "apply without being asked", false)
    .option(
      "--reviewed <file>",
      "apply only what `plan --changes` noted; stop at the stack whose plan differs",
    )
    .action(async (options) => {
      await requireEnvironment(program.opts().environments, options.env);
      requireTerminal(options.yes);
      const { openSession } = await import("../terraform/session");
      const { applyEnvironment } = await import("../terraform/apply-environment");
      const { conclude } = await import("../terraform/walk");
      const { Reviewed } = await import("../terraform/reviewed");
      const reviewed =
        options.reviewed === undefined ? undefined : Reviewed.read(options.reviewed, options.env);
      const session = await openSession(program.opts().environments, options);
      conclude(await applyEnvironment(session, options.yes, reviewed));
    });
}
