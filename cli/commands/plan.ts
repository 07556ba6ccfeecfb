import type { Command } from "commander";
import { printJson } from "../json-output";
import type { Walk } from "../terraform/walk";
import { withEnvironment } from "./terraform-options";

/** Exit code of a plan with changes, as Terraform has it. */
const CHANGES = 2;

/** `platform plan`: what applying would change, stack by stack. */
export function register(program: Command): void {
  withEnvironment(program.command("plan"))
    .description("plan one environment's stacks in order; stacks whose upstream is not applied yet wait")
    .option("--detailed-exitcode", "exit with 2 when there are changes or stacks that wait", false)
    .option(
      "--no-lock",
      "lock no state: for credentials that may only read, such as those of CI's role that plans",
    )
    .option("--changes <file>", "note what would change, without any value, for `apply --reviewed`")
    .option("--save <dir>", "keep each plan there as <stack>.tfplan.json, for `platform review --plan`")
    .option(
      "--json",
      "print the result of each stack as JSON; what Terraform says goes to standard error",
      false,
    )
    .action(async (options) => {
      const { openSession } = await import("../terraform/session");
      const { planEnvironment } = await import("../terraform/plan-environment");
      const { keepPlans } = await import("../terraform/keep-plans");
      const { conclude } = await import("../terraform/walk");
      const { Reviewed } = await import("../terraform/reviewed");
      const plan = async () => {
        const session = await openSession(program.opts().environments, options);
        const reviewed = options.changes === undefined ? undefined : Reviewed.begin(options.env);
        const planned = await planEnvironment(session, keepPlans(reviewed, options.save));
        conclude(planned);
        reviewed?.write(options.changes);
        const settled = planned.rows.every(({ word }) => word === "unchanged");
        if (options.detailedExitcode && !settled) process.exitCode = CHANGES;
        return { environment: options.env, stacks: planned.rows.map(resultOf) };
      };
      if (options.json) return printJson(plan);
      await plan();
    });
}

function resultOf({ name, word, detail, seconds }: Walk["rows"][number]) {
  return { stack: name, result: word, detail, seconds: seconds ?? null };
}
