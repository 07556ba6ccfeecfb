import { changesBy } from "../synthesized";
import type { Case } from "./case";
import { networkAndCost } from "./harmless/network-and-cost";
import { policies } from "./harmless/policies";
import { resources } from "./harmless/resources";
import { access } from "./risky/access";
import { cost } from "./risky/cost";
import { data } from "./risky/data";
import { exposure } from "./risky/exposure";

const risky = { access, exposure, data, cost };
const harmless: readonly Case[] = [...policies, ...resources, ...networkAndCost];

test("the corpus has at least thirty changes of each kind, each by a name of its own", () => {
  const cases = Object.values(risky).flat();
  expect(cases.length).toBeGreaterThanOrEqual(30);
  expect(harmless.length).toBeGreaterThanOrEqual(30);
  const names = [...cases, ...harmless].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(Object.entries(risky))("%s", (category, cases) => {
  test.each(cases)("$name ($stack)", ({ stack, address, edit }) => {
    const change = changesBy(stack, edit).find((one) => one.address === address);
    const found = change?.findings.filter(({ risk }) => risk).map((finding) => finding.category);
    expect(found).toContain(category);
  });
});

describe("harmless", () => {
  test.each(harmless)("$name ($stack)", ({ stack, edit }) => {
    const risks = changesBy(stack, edit).flatMap(({ findings }) => findings.filter(({ risk }) => risk));
    expect(risks).toEqual([]);
  });
});
