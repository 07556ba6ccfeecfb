import { z } from "zod";
import { type Category, categories, type Review } from "./change";

const risky = categories.filter((category): category is Exclude<Category, "other"> => category !== "other");

const replacement = z
  .enum(["yes", "no", "unknown"])
  .describe("Whether the resource is destroyed and made again; unknown for types that no table covers.");

const attribute = z.strictObject({
  path: z.string().describe("Such as `rule[id=raw].expiration.days`."),
  before: z.json().exactOptional().describe("Absent when the attribute is new."),
  after: z.json().exactOptional().describe("Absent when the attribute is gone."),
  replaces: replacement,
});

const finding = z.strictObject({
  category: z.enum(risky),
  risk: z.boolean().describe("False for what narrows, protects or saves."),
  sentence: z.string(),
});

const change = z.strictObject({
  environment: z.string(),
  stack: z.string(),
  address: z
    .string()
    .describe("As in Terraform; `output.<name>` and `terraform.backend` for what has none there."),
  type: z.string(),
  action: z.enum(["add", "change", "move", "remove"]),
  movedFrom: z.string().exactOptional().describe("The address before, of a move."),
  isForgotten: z
    .literal(true)
    .exactOptional()
    .describe("Of a removal: Terraform lets go of it and destroys nothing."),
  replacement,
  attributes: z.array(attribute),
  findings: z.array(finding),
});

const source = z.enum(["json", "plan"]);

const stack = z.strictObject({
  environment: z.string(),
  stack: z.string(),
  source: source.exactOptional().describe("Where this stack's changes come from; by default the review's."),
  changes: z.array(change),
});

/** A review as `platform review --format json` writes it. */
const review = z.strictObject({
  version: z.literal(1),
  base: z.string(),
  head: z.string(),
  source: source.describe("`plan` when Terraform's plan of at least one stack was given."),
  stacks: z.array(stack).describe("Every stack of either side, those without changes too."),
});

/** Fails to compile when the schema and the type part ways. */
const agreed: z.ZodType<Review> = review;

/** The schema of a review as JSON Schema, draft 2020-12; `review.schema.json` is this. */
export function reviewJsonSchema(): object {
  return { title: "What a change of the platform does", ...z.toJSONSchema(agreed) };
}
