export { type Partition, partitionOf } from "./catalogue/regions";
export type { EnvironmentConfig } from "./schema/environment";
