export { ContractError, type ContractProblem } from "./contracts";
export { BundleError } from "./failure";
export { type BundleOptions, buildBundle } from "./release/assemble";
export type { Manifest } from "./release/manifest";
