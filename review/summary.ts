import { categories, type Finding, type Review, type StackReview } from "./change";
import { canonical } from "./json";

/** What is said of one resource, in every environment where it is. */
export interface Remark extends Finding {
  readonly environments: readonly string[];
  readonly stack: string;
  readonly address: string;
}

/** Every finding of a review: what is said of the same resource of several environments, once. */
export function remarksOf(review: Review): Remark[] {
  const all = review.stacks.flatMap(({ environment, stack, changes }) =>
    changes.flatMap(({ address, findings }) =>
      findings.map((finding) => ({ ...finding, environment, stack, address })),
    ),
  );
  const remarks = new Map<string, Remark>();
  for (const { environment, ...finding } of all) {
    const key = canonical([finding.category, finding.risk, finding.stack, finding.address, finding.sentence]);
    const known = remarks.get(key)?.environments ?? [];
    remarks.set(key, { ...finding, environments: [...known, environment] });
  }
  const order = (category: Finding["category"]): number => categories.indexOf(category);
  return [...remarks.values()].sort((one, other) => order(one.category) - order(other.category));
}

/** The risks of a review. */
export function risksOf(review: Review): Remark[] {
  return remarksOf(review).filter(({ risk }) => risk);
}

/** How many blocks of a stack come, change, move and go, and how many of them are destroyed and made again. */
export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly removed: number;
  /** Those that Terraform lets go of, and that stay. */
  readonly forgotten: number;
  readonly replaced: number;
  /** Those of which only Terraform knows. */
  readonly unknown: number;
}

/** Counts the changes of a stack; what is replaced is not counted as changed too. */
export function countsOf({ changes }: StackReview): Counts {
  const count = (matches: (change: StackReview["changes"][number]) => boolean): number =>
    changes.filter(matches).length;
  return {
    added: count(({ action }) => action === "add"),
    changed: count(({ action, replacement }) => action === "change" && replacement !== "yes"),
    moved: count(({ action, replacement }) => action === "move" && replacement !== "yes"),
    removed: count(({ action, isForgotten }) => action === "remove" && !isForgotten),
    forgotten: count(({ isForgotten }) => isForgotten === true),
    replaced: count(({ action, replacement }) => /^(change|move)$/.test(action) && replacement === "yes"),
    unknown: count(({ replacement }) => replacement === "unknown"),
  };
}
