import { outputDescription } from "../../../stacks/core/output-descriptions";
import { dev, prod } from "../environments";
import { stacksOf } from "../synthesis";

test("every output of every stack says what it is, each in words of its own", () => {
  const stacks = [...stacksOf([dev, prod]).values()];
  expect(stacks.flatMap((json) => Object.keys(json.output ?? {})).length).toBeGreaterThan(120);
  for (const json of stacks) {
    const outputs = Object.values(json.output ?? {});
    const descriptions = outputs.map(({ description }) => description);
    for (const description of descriptions) expect(description).toMatch(/^[A-Z].{9,}[^.]$/);
    expect(new Set(descriptions).size).toBe(outputs.length);
  }
});

test("subnets and roles that apply are described by the names the configuration gives them", () => {
  expect(outputDescription("network", "database_subnet_b_id")).toBe("The database subnet b");
  expect(outputDescription("bootstrap", "ci_apply_dev_2_role_arn")).toBe(
    "Role of workflows that apply dev_2",
  );
});

test("an output that nobody described is refused, with the place to do so", () => {
  expect(() => outputDescription("lake", "private_subnet_a_id")).toThrow(
    "output private_subnet_a_id of lake has no description: say what it is in stacks/core/output-descriptions.ts",
  );
});
