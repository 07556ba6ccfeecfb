import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { compareRevisions } from "../../review/compare";
import { nameStack } from "../../review/read";
import { reviewJsonSchema } from "../../review/schema";
import { synthesized } from "./synthesized";

const root = join(__dirname, "..", "..");
const committed = JSON.parse(readFileSync(join(root, "review", "review.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true }).compile(committed);

const stacks = [...synthesized].map(([id, json]) => nameStack(id, json));
const of = (environment: string) => stacks.filter((stack) => stack.environment === environment);
const asDev = of("prod").map((stack) => ({ ...stack, environment: "dev" }));
const review = compareRevisions({ name: "dev", stacks: of("dev") }, { name: "prod", stacks: asDev });

test("the committed schema is the current one", () => {
  const current = `${JSON.stringify(reviewJsonSchema(), null, 2)}\n`;
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(join(root, "build", "review.schema.json"), current);
  // Stale: review the difference, then `cp build/review.schema.json review/review.schema.json`.
  expect(committed).toEqual(JSON.parse(current));
});

test("a review of everything that tells two environments apart conforms to it", () => {
  const categories = new Set(
    review.stacks
      .flatMap(({ changes }) => changes.flatMap(({ findings }) => findings))
      .map(({ category }) => category),
  );
  expect([...categories].sort()).toEqual(["access", "cost", "data"]);
  validate(JSON.parse(JSON.stringify(review)));
  expect(validate.errors).toBeNull();
});

test.each<[string, object]>([
  ["another version", { ...review, version: 2 }],
  ["an unknown key", { ...review, colour: "red" }],
  ["a stack without changes", { ...review, stacks: [{ environment: "dev", stack: "lake" }] }],
])("refuses %s", (_, other) => {
  expect(validate(JSON.parse(JSON.stringify(other)))).toBe(false);
});
