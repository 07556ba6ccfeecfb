import { workerMemory } from "../catalogue/serverless-workers";
import type { Report } from "../problems";
import type { Parts } from "./rule";

type Serverless = NonNullable<NonNullable<Parts["processing"]>["serverless"]>;
type Worker = NonNullable<Serverless["driver"]>;

/**
 * Memory comes in certain amounts for each number of vCPUs.
 * Source: Amazon EMR Serverless User Guide, "Understanding application behavior", supported worker configurations.
 */
export function workerRules({ processing }: Parts, report: Report): void {
  for (const kind of ["driver", "executor"] as const) {
    const { vcpu, memory_gb: memory } = processing?.serverless?.[kind] ?? {};
    const offered = vcpu === undefined ? undefined : workerMemory.get(vcpu);
    if (offered === undefined || memory === undefined) continue;
    const { minimum, maximum, step } = offered;
    if (memory >= minimum && memory <= maximum && (memory - minimum) % step === 0) continue;
    const allowed = `use ${minimum} to ${maximum} in steps of ${step}, or other vCPUs`;
    report(
      ["processing", "serverless", kind, "memory_gb"],
      `is no memory of a worker with ${vcpu} vCPU`,
      allowed,
    );
  }
}

const limits = [
  ["maximum_vcpu", "vcpu", "vCPUs"],
  ["maximum_memory_gb", "memory_gb", "GB of memory"],
  ["maximum_disk_gb", "disk_gb", "GB of disk"],
] as const;

/** The limits have room for what runs at least: one driver and one executor, or what waits for jobs. */
export function serverlessCapacityRules({ processing }: Parts, report: Report): void {
  const { driver, executor, initial_executors: initial, ...maximum } = processing?.serverless ?? {};
  if (driver === undefined || executor === undefined || initial === undefined) return;
  const executors = Math.max(1, initial);
  for (const [limit, size, unit] of limits) {
    const [most, least] = [maximum[limit], leastOf(driver[size], executor[size], executors)];
    if (most === undefined || least === undefined || most >= least) continue;
    const workers = `one driver and ${executors === 1 ? "one executor" : `${executors} executors`}`;
    const message = `is below the ${least} ${unit} of ${workers}`;
    report(["processing", "serverless", limit], message, `use at least ${least}, or smaller workers`);
  }
}

function leastOf(driver: Size, executor: Size, executors: number): number | undefined {
  return driver === undefined || executor === undefined ? undefined : driver + executors * executor;
}

type Size = Worker["vcpu"];
