import { satisfies } from "../../../cli/terraform/version";

describe("a version constraint", () => {
  test.each([
    ["1.11.0", ">= 1.11.0", true],
    ["1.10.9", ">= 1.11.0", false],
    ["1.15.5", ">= 1.11.0, < 2.0.0", true],
    ["2.0.0", ">= 1.11.0, < 2.0.0", false],
    ["1.12.0", "~> 1.11", true],
    ["2.0.0", "~> 1.11", false],
    ["1.11.9", "~> 1.11.2", true],
    ["1.12.0", "~> 1.11.2", false],
    ["1.11.4", "= 1.11.4", true],
    ["1.11.4", "1.11.4", true],
    ["1.11.4", "!= 1.11.4", false],
    ["1.11.4", "> 1.11.4", false],
    ["1.11.4", "<= 1.11.4", true],
    ["1.12.0-beta1", ">= 1.12.0", true],
  ])("%s meets %s: %s", (version, constraint, met) => {
    expect(satisfies(version, constraint)).toBe(met);
  });
});
