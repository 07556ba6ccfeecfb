import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verbOf } from "../../review/headlines";
import { attributeReplaces, forcingAttributes, holdingOf } from "../../review/replacement";
import { protectedTypes } from "../../stacks/core/protected";
import { at, changesBy } from "./synthesized";

test("a review names what is lost with every type that an apply protects", () => {
  expect(protectedTypes.size).toBeGreaterThan(8);
  expect([...protectedTypes].filter((type) => holdingOf(type) === undefined)).toEqual([]);
});

test("types that can be made again as they were hold nothing", () => {
  expect(holdingOf("aws_route")).toBeUndefined();
  expect(forcingAttributes("aws_route")).toContain("route_table_id");
});

test("a type without an entry in the table is unknown, whatever changes, and is said to be", () => {
  const file = join(__dirname, "..", "..", "tests", "schemas", "replacements.json");
  const without: readonly string[] = JSON.parse(readFileSync(file, "utf8"))["without entry"];
  expect(without.length).toBeGreaterThan(0);
  expect(without.filter((type) => attributeReplaces(type, "any.argument", 1, 2) !== "unknown")).toEqual([]);
  const [budget] = changesBy("dev-observability", (json) => {
    at(json, "aws_budgets_budget.monthly").name = "other";
  });
  expect(budget && verbOf(budget)).toBe(
    "changes, and only a plan tells whether it is destroyed and made again",
  );
});

test("a rule of a security group is replaced by a source of another kind only", () => {
  const replaces = (path: string, before?: string, after?: string) =>
    attributeReplaces("aws_vpc_security_group_ingress_rule", path, before, after);
  expect(replaces("cidr_ipv4", "10.0.0.0/8", "10.1.0.0/16")).toBe("no");
  expect(replaces("cidr_ipv4", "10.0.0.0/8", undefined)).toBe("yes");
  expect(replaces("referenced_security_group_id", undefined, "sg-1")).toBe("yes");
  expect(replaces("description", undefined, "another")).toBe("no");
});
