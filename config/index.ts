export { type Answer, allowedAt, readAnswer } from "./answer";
export { type Partition, partitionOf } from "./catalogue/regions";
export { loadEnvironment, loadEnvironments } from "./load";
export { ConfigurationError, formatProblems, type Path, type Problem } from "./problems";
export type { EnvironmentConfig } from "./schema/environment";
