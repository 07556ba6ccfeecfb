import { at, opened } from "../../json";
import { type Estate, type Resource, textOf } from "../estate";

/** The clusters that Airflow starts for each run, as the facts published for it describe them. */
export interface Clusters {
  /** The facts that name their roles and sizes. */
  readonly facts: Resource;
  readonly release: string;
  /** The most capacity they scale to, in instance-fleet units. */
  readonly units: string;
  readonly subnets: readonly Resource[];
}

/** Only where the facts say that jobs run on clusters; undefined where they run elsewhere or nowhere. */
export function clustersOf(estate: Estate): Clusters | undefined {
  const versions = estate.all("aws_secretsmanager_secret_version");
  const facts = versions.find(({ body }) => at(body, "secret_string.compute") === "emr");
  if (!facts) return undefined;
  const subnets = versions.flatMap((version) =>
    estate.named(version, at(opened(version.body.secret_string), "private_subnet_ids")),
  );
  return {
    facts,
    release: textOf(at(facts.body, "secret_string.release_label")),
    units: textOf(at(facts.body, "secret_string.maximum_units")),
    subnets: subnets.filter(({ type }) => type === "aws_subnet"),
  };
}
