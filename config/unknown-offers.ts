import type { Neighbour } from "./accounts";
import { databaseFamilies } from "./catalogue/database-classes";
import { lacksType, regionalServicesDate } from "./catalogue/regional-services";

/** The warning in words, for the reference. */
export const offerWarningsSay: readonly string[] = [
  "Warned of, not refused: a class of a family that the table of RDS's offers does not know.",
  "Warned of, not refused: a region whose resource schemas lack Amazon MWAA, or Client VPN where it is enabled.",
];

/** Warns of what the tables of AWS's offers do not know: it may be newer, or misspelt. */
export function offerWarnings(neighbours: readonly Neighbour[]): void {
  classWarnings(neighbours);
  regionWarnings(neighbours);
}

/** A service may have come to the region since, and CloudFormation may be later than the service. */
function regionWarnings(neighbours: readonly Neighbour[]): void {
  for (const { parts, warn } of neighbours) {
    const { region, access } = parts;
    if (region === undefined) continue;
    const asksFor = (name: string, type: string, instead: string) => {
      if (!lacksType(region, type)) return;
      const message = `has no ${name} in AWS's resource schemas of ${regionalServicesDate}`;
      warn(["region"], message, `look whether it is there by now, or ${instead}`);
    };
    asksFor("Amazon MWAA", "aws_mwaa_environment", "use another region");
    if (access?.vpn?.enabled !== false)
      asksFor("Client VPN", "aws_ec2_client_vpn_endpoint", "set access.vpn.enabled to false");
  }
}

/** Warns of database classes that are newer than the table of what RDS offers, or misspelt. */
function classWarnings(neighbours: readonly Neighbour[]): void {
  for (const { parts, warn } of neighbours) {
    const name = parts.metadata?.instance_class;
    const [, family = ""] = name?.split(".") ?? [];
    const { known, date } = databaseFamilies;
    if (name === undefined || known.includes(family)) continue;
    const message = `is of a family that RDS's answers before ${date} do not name`;
    warn(["metadata", "instance_class"], message, `look whether ${parts.region} offers it for PostgreSQL`);
  }
}
