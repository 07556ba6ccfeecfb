import type { EnvironmentConfig } from "../../config";

/** Where OpenLineage events go. */
export interface Lineage {
  readonly url: string;
  readonly endpoint: string;
}

/**
 * The options by which Airflow sends OpenLineage events. The provider is always installed, because MWAA takes half an
 * hour to install one; without a transport it adds no listener at all. Source code of tasks is not sent.
 * Source: apache-airflow-providers-openlineage, "Configuration Reference".
 *
 * @param namespace sets the events of this environment apart from others'
 */
export function lineageOptions(namespace: string, lineage: Lineage | undefined): Record<string, string> {
  if (lineage === undefined) return {};
  return {
    "openlineage.transport": JSON.stringify({ type: "http", ...lineage }),
    "openlineage.namespace": namespace,
    "openlineage.disable_source_code": "True",
  };
}

/**
 * Airflow's own options on MWAA: variables and connections come from Secrets Manager under the environment's prefix, so
 * that environments of one account do not read each other's.
 * Source: Amazon MWAA User Guide, "Configuring an Apache Airflow connection using an AWS Secrets Manager secret".
 */
export function airflowOptions(secretsPrefix: string, mailFrom: string): Record<string, string> {
  return {
    "core.load_examples": "False",
    "secrets.backend": "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
    "secrets.backend_kwargs": JSON.stringify({
      connections_prefix: `${secretsPrefix}/connections`,
      variables_prefix: `${secretsPrefix}/variables`,
    }),
    "smtp.smtp_mail_from": mailFrom,
  };
}

/**
 * Our own options: they say which DAGs an environment has, and DAG files read them while they are parsed
 * (`dags/platform_dag/options.py`; a test proves that both name the same ones). MWAA hands them to every Airflow process
 * as environment variables, and takes no empty value: what is not there is not set.
 * Sources: Amazon MWAA User Guide, "Using Apache Airflow configuration options on Amazon MWAA"; Amazon MWAA API
 * reference, "CreateEnvironment", AirflowConfigurationOptions.
 */
export function platformOptions({
  processing,
  events,
  catalog,
}: Pick<EnvironmentConfig, "processing" | "events" | "catalog">): Record<string, string> {
  const days = catalog.maintenance_days.join(",");
  return {
    "platform.compute": processing.compute,
    ...(events.enabled ? { "platform.events": "True" } : {}),
    ...(days === "" ? {} : { "platform.maintenance_days": days }),
  };
}
