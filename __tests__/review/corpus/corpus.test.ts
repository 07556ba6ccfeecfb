import { changesBy } from "../synthesized";
import type { Case } from "./case";
import { attachments, newer } from "./harmless/attachments";
import { decided } from "./harmless/decided";
import { networkAndCost } from "./harmless/network-and-cost";
import { policies } from "./harmless/policies";
import { resources } from "./harmless/resources";
import { access } from "./risky/access";
import { movedAccess, movedData, movedExposure } from "./risky/attachments";
import { cost } from "./risky/cost";
import { data } from "./risky/data";
import { destinations } from "./risky/destinations";
import { exposure } from "./risky/exposure";
import { identities } from "./risky/identities";
import { observation } from "./risky/observation";
import { keeping, spending, terraformExposure, unknown } from "./risky/terraform";
import { addressCost, olderAccess, olderExposure } from "./risky/versions";

const risky = {
  access: [...access, ...identities, ...movedAccess, ...olderAccess],
  exposure: [
    ...exposure,
    ...destinations,
    ...observation,
    ...terraformExposure,
    ...movedExposure,
    ...olderExposure,
  ],
  data: [...data, ...keeping, ...movedData],
  cost: [...cost, ...spending, ...addressCost],
  unknown,
};
const harmless: readonly Case[] = [
  ...policies,
  ...resources,
  ...networkAndCost,
  ...decided,
  ...attachments,
  ...newer,
];

test("the corpus has at least 150 risky and 85 harmless changes, each by a name of its own", () => {
  const cases = Object.values(risky).flat();
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(harmless.length).toBeGreaterThanOrEqual(85);
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
