import { qualityChecks } from "../../../report/sections/checks";
import { empty, published, rejected } from "../fixture";
import { allOf, tableOf, textOf } from "../reading";

const markup = qualityChecks(published).content.markup;
const heading = ["Check", "Result", "Severity", "Dimension", "Failed rows", "Of rows read", "Allowed"];

test("checks that failed come first, the others in the order of the contract", () => {
  expect(tableOf(markup, "Checks of customers")).toEqual([
    heading,
    ["freshness", "! warning", "warning", "timeliness", "–", "–", "–"],
    ["customer_id.required", "✓ passed", "error", "completeness", "0", "0 %", "1 %"],
    ["email.pattern", "✓ passed", "error", "conformity", "260", "0.51 %", "2 %"],
    ["country.allowed", "✓ passed", "error", "conformity", "240", "0.47 %", "2 %"],
  ]);
});

test("each dataset says how its contract was kept", () => {
  expect(allOf(markup, /<h3>([\s\S]*?)<\/h3>/g)).toEqual([
    "customers contract 1.0.0: 3 of 4 checks passed",
    "products contract 1.2.0: 1 of 1 check passed",
    "orders contract 1.0.0: 6 of 6 checks passed",
  ]);
});

test("the audit's word stands above", () => {
  expect(textOf(markup)).toContain("The audit passed: 1 warning.");
  expect(textOf(qualityChecks(rejected).content.markup)).toContain(
    "The audit failed: 1 check failed and 1 warning.",
  );
});

test("a check that failed is marked and goes before one that passed", () => {
  expect(tableOf(qualityChecks(rejected).content.markup, "Checks of orders").slice(1)).toEqual([
    ["quantity.range", "✗ failed", "error", "conformity", "31,007", "0.60 %", "0.5 %"],
    ["status.allowed", "✓ passed", "error", "conformity", "15,502", "0.30 %", "2 %"],
  ]);
});

test("of checks that failed, errors come before warnings", () => {
  const [customers] = published.datasets;
  const checks = customers?.checks.map((check) => ({ ...check, passed: check.id === "email.pattern" })) ?? [];
  const datasets = customers ? [{ ...customers, checks: [...checks].reverse() }] : [];
  const rows = tableOf(qualityChecks({ ...published, datasets }).content.markup, "Checks of customers");
  expect(rows.map((row) => row[1])).toEqual(["Result", "✗ failed", "✗ failed", "! warning", "✓ passed"]);
});

test("without rows there is no share", () => {
  expect(tableOf(qualityChecks(empty).content.markup, "Checks of products")[1]?.slice(4)).toEqual([
    "0",
    "–",
    "0 %",
  ]);
});
