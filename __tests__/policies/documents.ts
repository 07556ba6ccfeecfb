import type { Statement } from "../../policies/statement";

export const place = { region: "eu-north-1", accountId: "111111111111" };
export const china = { region: "cn-north-1", accountId: "111111111111" };
export const key = "arn:aws:kms:eu-north-1:111111111111:key/k";
export const lake = {
  dataBucket: "data",
  artifactsBucket: "artifacts",
  logsBucket: "logs",
  keyArn: key,
  databases: ["x_curated", "x_marts"],
};
export const airflow = {
  environmentName: "x-airflow",
  artifactsBucket: "artifacts",
  keyArn: key,
  secretsPrefix: "p/e/airflow",
  metricsNamespace: "p/e",
};
export const clusters = {
  logsBucket: "logs",
  eventLogs: "logs/spark-events/",
  serviceRole: "x-emr-service",
  instanceRole: "x-emr-instance",
  tags: { project: "p", environment: "e" },
};

/** The statements of a document by sid; no two have the same. */
export function statements(document: string): Record<string, Statement> {
  const list: Statement[] = JSON.parse(document).Statement;
  const bySid = Object.fromEntries(list.map((statement) => [statement.Sid, statement]));
  expect(Object.keys(bySid)).toHaveLength(list.length);
  return bySid;
}

/** What a document may say as one text or as several. */
export const texts = (value: string | readonly string[] | undefined) => [value ?? []].flat();
