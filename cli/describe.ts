import type { EnvironmentConfig } from "../config";
import { table } from "./table";
import { countResources, nameIn, readStackJson, type Stack, stacksOf } from "./terraform/stacks";

/** What tells the environments apart, one line each. */
export function describeEnvironments(configs: readonly EnvironmentConfig[]): string {
  const head = [
    "environment",
    "account",
    "region",
    "VPC",
    "NAT gateways",
    "EMR",
    "units",
    "Airflow",
    "class",
  ];
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

/** The stacks of every environment and how many resources each has; what exists once per account comes first. */
export function describeStacks(environments: readonly string[], stacks: readonly Stack[]): string {
  const owned = environments.map((name) => ({ name, stacks: stacksOf(name, environments, stacks) }));
  const shared = stacks.filter((stack) => !owned.some((owner) => owner.stacks.includes(stack)));
  const rows = [{ name: "account", stacks: shared }, ...owned].flatMap((owner) =>
    owner.stacks.map(({ id, directory }) => [
      owner.name,
      nameIn(owner.name, id),
      countResources(readStackJson(directory)),
    ]),
  );
  return table(["environment", "stack", "resources"], rows);
}
