import { z } from "zod";
import { workerVcpus } from "../catalogue/serverless-workers";
import { logRetention, oneOfNumbers, wholeNumber } from "./fields";

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
