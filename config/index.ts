export { type Answer, allowedAt, readAnswer } from "./answer";
export { type Partition, partitionOf } from "./catalogue/regions";
export { inDeploymentOrder } from "./deployment-order";
export type { EnvironmentConfig } from "./environment";
export { loadEnvironment, loadEnvironments, type Warn } from "./load";
export { ConfigurationError, formatProblems, type Path, type Problem } from "./problems";
export type { ReadTopics, Topic } from "./streams";
