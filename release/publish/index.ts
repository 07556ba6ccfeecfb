/** The publisher alone, for those who build nothing: it loads no contracts. */

export type { Manifest } from "../assembly/manifest";
export { BundleError } from "../failure";
export { type AirflowPackagesResult, publishAirflowPackages } from "./airflow-packages";
export { createClient } from "./client";
export type { OnProgress, Phase, Progress } from "./progress";
export { type PublishOptions, type PublishResult, publishRelease } from "./publish";
export { listReleases, type ReleaseSummary } from "./releases";
export { type RollbackOptions, type RollbackResult, rollback } from "./rollback";
export { ArtifactStore, type StoreOptions } from "./store";
