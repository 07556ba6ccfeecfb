/** Memory that goes with a number of vCPUs, in GB. */
export interface WorkerMemory {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

/**
 * The workers that EMR Serverless offers, by vCPUs.
 * Source: Amazon EMR Serverless User Guide, "Understanding application behavior", supported worker configurations.
 */
export const workerMemory: ReadonlyMap<number, WorkerMemory> = new Map([
  [1, { minimum: 2, maximum: 8, step: 1 }],
  [2, { minimum: 4, maximum: 16, step: 1 }],
  [4, { minimum: 8, maximum: 30, step: 1 }],
  [8, { minimum: 16, maximum: 60, step: 4 }],
  [16, { minimum: 32, maximum: 120, step: 8 }],
]);

/** Numbers of vCPUs that a worker can have. */
export const workerVcpus: readonly number[] = [...workerMemory.keys()];
