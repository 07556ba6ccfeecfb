import type { Neighbour } from "./accounts";
import { databaseFamilies } from "./catalogue/database-classes";

/** The warning in words, for the reference. */
export const offerWarningsSay: readonly string[] = [
  "Warned of, not refused: a class of a family that the table of RDS's offers does not know.",
];

/** Warns of database classes that are newer than the table of what RDS offers, or misspelt. */
export function offerWarnings(neighbours: readonly Neighbour[]): void {
  for (const { parts, warn } of neighbours) {
    const name = parts.metadata?.instance_class;
    const [, family = ""] = name?.split(".") ?? [];
    const { known, date } = databaseFamilies;
    if (name === undefined || known.includes(family)) continue;
    const message = `is of a family that RDS's answers before ${date} do not name`;
    warn(["metadata", "instance_class"], message, `look whether ${parts.region} offers it for PostgreSQL`);
  }
}
