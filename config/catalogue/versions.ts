/**
 * The Spark version the job bundle is built for and tested with.
 * A cluster has to carry exactly this one, or the tests prove nothing about it.
 */
export const bundleSparkVersion = "3.5.4";

/**
 * The Spark version each EMR release carries.
 * Source: Amazon EMR Release Guide, "Amazon EMR 7.x release versions".
 */
export const sparkVersions = {
  "emr-7.2.0": "3.5.1",
  "emr-7.3.0": "3.5.1",
  "emr-7.4.0": "3.5.2",
  "emr-7.5.0": "3.5.2",
  "emr-7.6.0": "3.5.3",
  "emr-7.7.0": "3.5.3",
  "emr-7.8.0": "3.5.4",
  "emr-7.9.0": "3.5.5",
  "emr-7.10.0": "3.5.5",
} as const;

export type EmrRelease = keyof typeof sparkVersions;

export const emrReleases = Object.keys(sparkVersions) as [EmrRelease, ...EmrRelease[]];

/** The Airflow versions the DAGs are tested with, of those MWAA offers. */
export const airflowVersions = ["3.0.6"] as const;
