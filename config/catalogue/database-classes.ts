import offerings from "./instance-offerings.json";

const sizes: Readonly<Record<string, readonly string[]>> = offerings.sizes;

/** GiB of memory of a burstable or general class, by its size below `xlarge`; an `xlarge` has 16. */
const smallSizes: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8 };

const GIB_PER_XLARGE = 16;

/** Memory of a family compared with a general one of the same size. */
const memoryFactors: Readonly<Record<string, number>> = { c: 0.5, m: 1, r: 2, t: 1, x: 4, z: 2 };

/** Bytes of memory for a connection, and the most there can be. Source: Amazon RDS User Guide, "Quotas and constraints", maximum connections. */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

/**
 * Returns the sizes of a class's family when it has no such size, or undefined when it has or nobody knows. RDS offers
 * sizes that EC2 has: `db.m5.xlarge` is an `m5.xlarge`.
 */
export function otherSizes(instanceClass: string): readonly string[] | undefined {
  const [, family = "", size = ""] = instanceClass.split(".");
  const known = sizes[family];
  if (known === undefined || !size.endsWith("xlarge") || known.includes(size)) return undefined;
  return known;
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
