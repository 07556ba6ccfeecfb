import type { EnvironmentConfig } from "../../config";

/**
 * The tags by which an environment's clusters are known to IAM; the last one lets EMR's managed policy act on them.
 * Source: Amazon EMR Management Guide, "Tag resources for use with managed policies".
 */
export function clusterIdentity(config: EnvironmentConfig): Record<string, string> {
  return {
    project: config.project,
    environment: config.environment,
    "for-use-with-amazon-emr-managed-policies": "true",
  };
}

/** All tags of a cluster: its identity, and who answers and pays for it. */
export function clusterTags(config: EnvironmentConfig): Record<string, string> {
  return { ...clusterIdentity(config), owner: config.owner, cost_centre: config.cost_centre };
}
