import type { Report } from "../problems";
import type { Parts } from "./rule";

/**
 * The smallest class does not scale; the others have at least two schedulers.
 * Source: Amazon MWAA User Guide, "Configuring the Amazon MWAA environment class".
 */
export function environmentClassRules({ orchestration = {} }: Parts, report: Report): void {
  const { environment_class, schedulers } = orchestration;
  if (environment_class === "mw1.micro") {
    for (const key of ["min_workers", "max_workers", "schedulers"] as const) {
      const value = orchestration[key];
      if (value === undefined || value === 1) continue;
      const message = 'does not fit environment_class "mw1.micro", which has one worker and one scheduler';
      report(["orchestration", key], message, "use 1, or a bigger class");
    }
  } else if (environment_class !== undefined && schedulers === 1) {
    const message = `is below the 2 schedulers of environment_class "${environment_class}"`;
    report(["orchestration", "schedulers"], message, 'use 2 to 5, or "mw1.micro"');
  }
}

export function workerRule({ orchestration }: Parts, report: Report): void {
  const { min_workers: low, max_workers: high } = orchestration ?? {};
  if (low === undefined || high === undefined || low <= high) return;
  const message = `is above orchestration.max_workers ${high}`;
  report(["orchestration", "min_workers"], message, `use at most ${high}, or raise max_workers`);
}
