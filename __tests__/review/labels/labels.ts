import labels from "./risky-arguments.json";

/** How a change of an argument becomes a risk; `mutate.ts` makes each. */
export const mutations = [
  "remove",
  "off",
  "on",
  "elsewhere",
  "widen",
  "world",
  "fewer",
  "less",
  "more",
  "blind",
  "quieter",
] as const;
export type Mutation = (typeof mutations)[number];

/** An argument whose change is a risk, by AWS's own pages. */
export interface Label {
  /** Terraform type; a data source begins with `data.`. */
  readonly type: string;
  /** Path inside the block, without the positions of lists. */
  readonly argument: string;
  readonly unsafe: readonly Mutation[];
  /** Title of AWS's page and the guide that it belongs to. */
  readonly source: string;
}

/** Every labelled argument; the labels are written without regard to what the review finds. */
export const labelled: readonly Label[] = Object.entries(labels).flatMap(([type, entries]) =>
  entries.map(({ argument, unsafe, source }) => ({ type, argument, unsafe: unsafe as Mutation[], source })),
);
