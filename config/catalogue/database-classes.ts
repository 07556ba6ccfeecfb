import table from "./database-offerings.json";
import { type Offerings, offeredSizes } from "./offerings";

const offerings: Offerings = table;

/** GiB of memory of a burstable or general class, by its size below `xlarge`; an `xlarge` has 16. */
const smallSizes: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8 };

const GIB_PER_XLARGE = 16;

/** Memory of a family compared with a general one of the same size. */
const memoryFactors: Readonly<Record<string, number>> = { c: 0.5, m: 1, r: 2, t: 1, x: 4, z: 2 };

/** Bytes of memory for a connection, and the most there can be. Source: Amazon RDS User Guide, "Quotas and constraints", maximum connections. */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

/** Families that the table knows, and its date. */
export const databaseFamilies = { known: [...Object.keys(table.sizes), ...table.old], date: table.date };

/** Whether RDS offers a class, and what there is instead. */
export type ClassOffer =
  | { readonly offered: true }
  /** @param instead classes of the same family, or of the nearest one of the same line */
  | { readonly offered: false; readonly date: string; readonly instead: readonly string[] }
  /** The table does not know the family, or the region. */
  | undefined;

/**
 * Says whether RDS for PostgreSQL offers a class in a region.
 * Source: Amazon RDS API, DescribeOrderableDBInstanceOptions, in the table that tests/dags/database_offerings.py writes.
 */
export function offerOf(instanceClass: string, region: string): ClassOffer {
  const [, family = "", size = ""] = instanceClass.split(".");
  const { regions, date } = offerings;
  if (!(region in regions) || !databaseFamilies.known.includes(family)) return undefined;
  const offered = offeredSizes(offerings, region, family);
  if (offered.includes(size)) return { offered: true };
  if (offered.length > 0)
    return { offered: false, date, instead: offered.map((one) => `db.${family}.${one}`) };
  const line = family.charAt(0);
  const others = (regions[region]?.families ?? []).filter((other) => other.startsWith(line));
  const instead = others.filter((other) => offeredSizes(offerings, region, other).includes(size));
  return { offered: false, date, instead: instead.map((other) => `db.${other}.${size}`) };
}

/** Returns how many connections a database of a class takes by RDS's default; undefined for an unknown family. */
export function maximumConnections(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = instanceClass.split(".");
  const factor = memoryFactors[family.charAt(0)];
  const [, count = "1"] = /^(\d*)xlarge$/.exec(size) ?? [];
  const gib = smallSizes[size] ?? Number(count || 1) * GIB_PER_XLARGE;
  if (factor === undefined) return undefined;
  return Math.min(MOST_CONNECTIONS, Math.floor((gib * factor * 2 ** 30) / BYTES_PER_CONNECTION));
}
