import { Xml } from "./aws-double";

/** RDS's answer of one version of PostgreSQL that can be ordered in some zones, with or without a standby. */
export function orderable(version: string, zones: readonly string[], standby = true): Xml {
  const names = zones.map((zone) => `<AvailabilityZone><Name>${zone}</Name></AvailabilityZone>`).join("");
  const option = [
    `<Engine>postgres</Engine><EngineVersion>${version}</EngineVersion>`,
    `<AvailabilityZones>${names}</AvailabilityZones><MultiAZCapable>${standby}</MultiAZCapable>`,
  ].join("");
  const options = `<OrderableDBInstanceOption>${option}</OrderableDBInstanceOption>`;
  const result = `<OrderableDBInstanceOptions>${options}</OrderableDBInstanceOptions>`;
  return new Xml(
    `<DescribeOrderableDBInstanceOptionsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeOrderableDBInstanceOptionsResult>${result}</DescribeOrderableDBInstanceOptionsResult></DescribeOrderableDBInstanceOptionsResponse>`,
  );
}
