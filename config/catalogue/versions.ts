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

/**
 * Major versions of PostgreSQL that the metadata store may run on. Only the major one is named: RDS raises the minor one
 * by itself, and a plan would take it back. The parameter group's family is `postgres<major>`.
 * Source: Amazon RDS for PostgreSQL Release Notes, "Release calendars for Amazon RDS for PostgreSQL".
 */
export const postgresVersions = ["16", "17"] as const;

/** The Airflow versions the DAGs are tested with, of those MWAA offers. */
export const airflowVersions = ["3.0.6"] as const;
