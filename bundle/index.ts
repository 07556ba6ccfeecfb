export { ContractError, type ContractProblem } from "./contracts";
export { type Comparison, type ContractFolder, checkContracts } from "./contracts/compare";
export * from "./publish";
export { type BundleOptions, buildBundle } from "./release/assemble";
