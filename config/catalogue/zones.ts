import offerings from "./instance-offerings.json";

const zones: Readonly<Record<string, string>> = offerings.zones;

/**
 * Returns the letters that zones of a region can have, `abc`, or undefined for a region that the table does not know.
 * Older regions show each account some of their zones under letters of its own, so gaps are not taken for certain.
 * Source: Amazon EC2 API, DescribeInstanceTypeOfferings by zone, in the table that tests/dags/instance_offerings.py writes.
 */
export function zoneLetters(region: string): string | undefined {
  const last = zones[region]?.at(-1);
  if (last === undefined) return undefined;
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return letters.slice(0, Math.max(letters.indexOf(last), letters.indexOf("c")) + 1);
}
