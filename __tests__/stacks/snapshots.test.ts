import { dev } from "./environments";
import { pick, readable, stacksOf } from "./synthesis";

const stacks = stacksOf([dev]);

test("an environment has these stacks, and its account one more", () => {
  expect([...stacks.keys()]).toEqual([
    "bootstrap-111111111111",
    "dev-access",
    "dev-catalog",
    "dev-events",
    "dev-lake",
    "dev-metadata",
    "dev-network",
    "dev-observability",
    "dev-orchestration",
    "dev-people",
    "dev-processing",
  ]);
});

test.each([...stacks.keys()])("%s is as it was reviewed", (stack) => {
  const { "//": _, ...json } = pick(stacks, stack);
  expect(readable(json)).toMatchSnapshot();
});
