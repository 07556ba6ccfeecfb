import { z } from "zod";
import { workerMemory, workerVcpus } from "../catalogue/serverless-workers";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { logRetention, oneOfNumbers, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** Limits of each number: Amazon EMR Serverless User Guide, "Understanding application behavior". */
const worker = (vcpu: number, memory: number, disk: number) =>
  z.strictObject({
    vcpu: oneOfNumbers(workerVcpus).default(vcpu).describe("vCPUs of a worker."),
    memory_gb: wholeNumber(2, 120)
      .default(memory)
      .describe("Memory of a worker in GB, what Spark takes beside its heap included."),
    disk_gb: wholeNumber(20, 200).default(disk).describe("Disk of a worker in GB."),
  });

/**
 * The EMR Serverless application. Its default limits fit into the 16 vCPUs that an account has at first.
 * Source: AWS General Reference, "Amazon EMR Serverless endpoints and quotas".
 */
export const serverlessSchema = z.strictObject({
  architecture: z
    .enum(["arm64", "x86_64"])
    .default("arm64")
    .describe("CPU architecture of the workers; arm64 costs less."),
  maximum_vcpu: wholeNumber(2, 10_000)
    .default(16)
    .describe("Most vCPUs that all jobs have together; what is beyond waits."),
  maximum_memory_gb: wholeNumber(4, 80_000)
    .default(64)
    .describe("Most memory that all jobs have together, in GB."),
  maximum_disk_gb: wholeNumber(40, 2_000_000)
    .default(200)
    .describe("Most disk that all jobs have together, in GB."),
  idle_timeout_minutes: wholeNumber(1, 10_080)
    .default(15)
    .describe("Minutes without a job until the application stops by itself."),
  initial_executors: wholeNumber(0, 1000)
    .default(0)
    .describe(
      "Executors, and one driver with them, that wait for jobs while the application is started: a start in seconds that is paid for. 0: none.",
    ),
  log_retention_days: logRetention()
    .default(365)
    .describe("Days that CloudWatch keeps the drivers' logs; the copies in S3 live as all logs there."),
  driver: worker(2, 8, 20).prefault({}).describe("The worker that runs a job's driver."),
  executor: worker(4, 16, 40).prefault({}).describe("The workers that run a job's executors."),
});

type Parts = ValidParts<{ processing: { serverless: z.output<typeof serverlessSchema> } }>;

type Serverless = NonNullable<NonNullable<Parts["processing"]>["serverless"]>;
type Worker = NonNullable<Serverless["driver"]>;

/**
 * Memory comes in certain amounts for each number of vCPUs.
 * Source: Amazon EMR Serverless User Guide, "Understanding application behavior", supported worker configurations.
 */
function workerRules({ processing }: Parts, report: Report): void {
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
function serverlessCapacityRules({ processing }: Parts, report: Report): void {
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

/** The rules about the EMR Serverless application. */
export const serverlessRules: readonly DocumentedRule<Parts>[] = [
  { says: "Workers of EMR Serverless have memory that goes with their vCPUs.", check: [workerRules] },
  {
    says: "The limits of the EMR Serverless application have room for one driver and one executor, and for those that wait for jobs.",
    check: [serverlessCapacityRules],
  },
];
