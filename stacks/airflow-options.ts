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
