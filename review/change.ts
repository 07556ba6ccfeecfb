/** What a reviewer looks at first; "unknown" is what nothing is decided about, and "other" is folded. */
export const categories = ["access", "exposure", "data", "cost", "unknown", "other"] as const;
export type Category = (typeof categories)[number];

/** Any value of the Terraform JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Whether a change destroys the resource and makes another: said by a sourced table for the stateful types, or by
 * Terraform's plan; "unknown" for every other type.
 */
export type Replacement = "yes" | "no" | "unknown";

/** One attribute of a resource: `tags.Owner`, `ingress[0].from_port`. */
export interface AttributeChange {
  readonly path: string;
  /** Absent when the attribute is new. */
  readonly before?: Json;
  /** Absent when the attribute is gone. */
  readonly after?: Json;
  readonly replaces: Replacement;
}

/** What a change means, in words a colleague would use. */
export interface Finding {
  readonly category: Exclude<Category, "other">;
  /**
   * Whether it widens access or exposure, endangers data or costs more, or may do so, since nothing is decided about it;
   * what narrows, protects or saves is no risk.
   */
  readonly risk: boolean;
  /** A whole sentence, naming what was and what will be. */
  readonly sentence: string;
}

/** One block of a stack's JSON that differs: a resource, a data source, an output, a setting of Terraform itself. */
export interface Change {
  readonly environment: string;
  readonly stack: string;
  /** `aws_subnet.private_a`, `data.aws_caller_identity.current`, `output.vpc_id`, `terraform.backend`. */
  readonly address: string;
  /** Provider's type, or the kind of block. */
  readonly type: string;
  readonly action: "add" | "change" | "move" | "remove";
  /** The address before, of a move. */
  readonly movedFrom?: string;
  /** Of a removal: Terraform lets go of it and destroys nothing. @default false */
  readonly isForgotten?: true;
  readonly replacement: Replacement;
  readonly attributes: readonly AttributeChange[];
  readonly findings: readonly Finding[];
}

/** One stack of one environment; without changes it is listed all the same. */
export interface StackReview {
  readonly environment: string;
  readonly stack: string;
  /**
   * Where this stack's changes come from, when there are plans of some stacks alone.
   * @default the review's
   */
  readonly source?: "json" | "plan";
  readonly changes: readonly Change[];
}

/** The difference of two revisions of the synthesized stacks. */
export interface Review {
  readonly version: 1;
  /** What was compared: a revision or a folder, as the user named it. */
  readonly base: string;
  readonly head: string;
  /** Where the changes come from: two syntheses, or Terraform's plans of at least one stack. */
  readonly source: "json" | "plan";
  readonly stacks: readonly StackReview[];
}
