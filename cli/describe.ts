import type { EnvironmentConfig } from "../config";
import { table } from "./table";

/** What tells the environments apart, one line each. */
export function describeEnvironments(configs: readonly EnvironmentConfig[]): string {
  const head = ["environment", "account", "region", "VPC", "NAT gateways", "EMR", "units", "Airflow", "class"];
  return table(
    head,
    configs.map(({ network, processing, orchestration, ...config }) => [
      config.environment,
      config.account_id,
      config.region,
      network.vpc_cidr,
      network.nat_gateways.replace("_", " "),
      processing.emr_release,
      `${processing.minimum_units}–${processing.maximum_units}`,
      orchestration.airflow_version,
      orchestration.environment_class,
    ]),
  );
}
