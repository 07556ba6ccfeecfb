import type { RunResults } from "../contracts/run-results";

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/**
 * The rows that the generator planted in a dataset by reason code; undefined when the batch is not synthetic
 * or the generator says nothing of this dataset.
 */
export function plantedReasons(
  planted: RunResults["planted"],
  dataset: string,
): ReadonlyMap<string, number> | undefined {
  const { reasons } = members(members(members(planted).datasets)[dataset]);
  if (reasons === undefined) return undefined;
  return new Map(
    Object.entries(members(reasons)).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  );
}
