/** What AWS offers by region, in a table that a script writes from the data of a maintained package. */
export interface Offerings {
  /** The day before which AWS gave the answers. */
  readonly date: string;
  /** Sizes of a family, wherever one is offered. */
  readonly sizes: Readonly<Record<string, readonly string[]>>;
  readonly regions: Readonly<Record<string, RegionalOfferings>>;
}

export interface RegionalOfferings {
  readonly families: readonly string[];
  /** Sizes that the region lacks, by family. */
  readonly without: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Returns the sizes of a family that a region offers; none where the region lacks the family. */
export function offeredSizes(
  { sizes, regions }: Offerings,
  region: string,
  family: string,
): readonly string[] {
  const { families = [], without = {} } = regions[region] ?? {};
  if (!families.includes(family)) return [];
  return (sizes[family] ?? []).filter((size) => !without[family]?.includes(size));
}
