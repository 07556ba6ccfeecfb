import type { Command } from "commander";
import { withEnvironment } from "./terraform-options";

/** `platform plan`: what applying would change, stack by stack. */
export function register(program: Command): void {
  withEnvironment(program.command("plan"))
    .description("plan one environment's stacks in order; stacks whose upstream is not applied yet wait")
    .option("--detailed-exitcode", "exit with 2 when there are changes or stacks that wait", false)
    .action(async (options) => {
      const { openSession } = await import("../terraform/session");
      const { planEnvironment } = await import("../terraform/plan-environment");
      const { conclude } = await import("../terraform/walk");
      const planned = await planEnvironment(await openSession(program.opts().environments, options));
      conclude(planned);
      const settled = planned.rows.every(({ word }) => word === "unchanged");
      if (options.detailedExitcode && !settled) process.exitCode = 2;
    });
}
