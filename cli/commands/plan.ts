import type { Command } from "commander";
import { withEnvironment } from "./terraform-options";

/** `platform plan`: what applying would change, stack by stack. */
export function register(program: Command): void {
  withEnvironment(program.command("plan"))
    .description("plan one environment's stacks in order; stacks whose upstream is not applied yet wait")
    .option("--detailed-exitcode", "exit with 2 when there are changes or stacks that wait", false)
    .option("--changes <file>", "note what would change, without any value, for `apply --reviewed`")
    .option("--save <dir>", "keep each plan there as <stack>.tfplan.json, for `platform review --plan`")
    .action(async (options) => {
      const { openSession } = await import("../terraform/session");
      const { planEnvironment } = await import("../terraform/plan-environment");
      const { keepPlans } = await import("../terraform/keep-plans");
      const { conclude } = await import("../terraform/walk");
      const { Reviewed } = await import("../terraform/reviewed");
      const session = await openSession(program.opts().environments, options);
      const reviewed = options.changes === undefined ? undefined : Reviewed.begin(options.env);
      const planned = await planEnvironment(session, keepPlans(reviewed, options.save));
      conclude(planned);
      reviewed?.write(options.changes);
      const settled = planned.rows.every(({ word }) => word === "unchanged");
      if (options.detailedExitcode && !settled) process.exitCode = 2;
    });
}
