import Ajv2020 from "ajv/dist/2020";
import { compareRevisions } from "../../review/compare";
import { nameStack } from "../../review/read";
import committed from "../../review/review.schema.json";
import { synthesized } from "./synthesized";

const validate = new Ajv2020({ strict: true }).compile(committed);

const stacks = [...synthesized].map(([id, json]) => nameStack(id, json));
const of = (environment: string) => stacks.filter((stack) => stack.environment === environment);
const asDev = of("prod").map((stack) => ({ ...stack, environment: "dev" }));
const review = compareRevisions({ name: "dev", stacks: of("dev") }, { name: "prod", stacks: asDev });

test("a review of everything that tells two environments apart conforms to it", () => {
  const categories = new Set(
    review.stacks
      .flatMap(({ changes }) => changes.flatMap(({ findings }) => findings))
      .map(({ category }) => category),
  );
  expect([...categories].sort()).toEqual(["access", "cost", "data", "exposure"]);
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
