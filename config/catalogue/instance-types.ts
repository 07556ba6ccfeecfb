import families from "../../packages/platform_sizing/platform_sizing/instance_families.json";
import table from "./instance-offerings.json";
import { type Offerings, offeredSizes } from "./offerings";

/** Whether the DAGs know vCPUs and memory of an instance type: its own, or its family's. */
export function isSized(type: string): boolean {
  const [family = ""] = type.split(".");
  return type in families.types || family in families.mib_per_vcpu;
}

const offerings: Offerings = table;

/** The day before which EC2 gave the answers that the table of offerings holds. */
export const offeringsDate = offerings.date;

/** How many types an error suggests. */
const suggestions = 3;

/**
 * Returns the types of the same size that are nearest to a type that a region does not offer, or undefined where the
 * region offers it, or nobody knows.
 * Source: Amazon EC2 API, DescribeInstanceTypeOfferings, in the table that tests/dags/instance_offerings.py writes.
 */
export function offeredInstead(region: string, type: string): string[] | undefined {
  const [family = "", size = ""] = type.split(".");
  const known = offerings.regions[region];
  const offers = (other: string) => offeredSizes(offerings, region, other).includes(size);
  if (known === undefined || !(family in offerings.sizes) || offers(family)) return undefined;
  return known.families
    .filter((other) => lineOf(other) === lineOf(family) && offers(other))
    .sort((one, another) => distance(one, family) - distance(another, family) || one.localeCompare(another))
    .slice(0, suggestions)
    .map((other) => `${other}.${size}`);
}

/** The letters before the generation, and the architecture: what a cluster may mix. */
function lineOf(family: string): string {
  return `${family.replace(/\d.*$/, "")} ${/^[a-z]+\d+[a-z]*g/.test(family)}`;
}

/** First by generation, then by what is added to it: m5a is nearer to m5 than to m5dn or m6a. */
function distance(one: string, another: string): number {
  const generation = (family: string) => Number(/\d+/.exec(family)?.[0] ?? 0);
  return Math.abs(generation(one) - generation(another)) * 10 + Math.abs(one.length - another.length);
}
