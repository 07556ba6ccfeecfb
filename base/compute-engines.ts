/** What a pipeline can run on; each has a module of the same name in `dags/platform_dag/engines/`. */
export const computeEngines = ["emr", "emr_serverless"] as const;
