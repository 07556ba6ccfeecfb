export { ContractError, type ContractProblem } from "../contracts/compiler";
export { type Comparison, type ContractFolder, checkContracts } from "../contracts/compiler/compare";
export { type BundleOptions, buildBundle } from "./assembly/assemble";
export * from "./publish";
