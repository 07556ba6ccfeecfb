import type { Refusal } from "./refusal";

/** What is wrong with the quality rules of a column. */
export const qualityRefusals: readonly Refusal[] = [
  {
    title: "a rule the platform does not have",
    from: "{ rule: future }",
    to: "{ rule: futur }",
    problems: [
      'items.odcs.yaml:84  schema[items].properties[updated_at].quality[updated_at.future].implementation.rule = "futur" | is not a rule of the platform; did you mean future?',
    ],
  },
  {
    title: "a rule of another engine",
    from: "engine: platform\n            implementation: { rule: future }",
    to: "engine: soda\n            implementation: { rule: future }",
    problems: [
      "items.odcs.yaml:81  schema[items].properties[updated_at].quality[updated_at.future] | is not a rule the platform runs; use a metric of the standard, or type custom with engine platform",
    ],
  },
  {
    title: "a rule in SQL",
    from: "type: custom\n            engine: platform\n            implementation: { rule: future }",
    to: "type: sql\n            query: SELECT 1\n            mustBe: 1",
    problems: [
      "items.odcs.yaml:81  schema[items].properties[updated_at].quality[updated_at.future] | is not a rule the platform runs; use a metric of the standard, or type custom with engine platform",
    ],
  },
  {
    title: "a metric of a dataset on a column",
    from: "metric: invalidValues",
    to: "metric: rowCount",
    problems: [
      'items.odcs.yaml:53  schema[items].properties[colour].quality[colour.allowed].metric = "rowCount" | is not a metric of a column here; use one of invalidValues, nullValues, missingValues, duplicateValues',
    ],
  },
  {
    title: "a rule under another name",
    from: "name: colour.allowed",
    to: "name: colour.valid",
    problems: [
      'items.odcs.yaml:52  schema[items].properties[colour].quality[colour.valid].name = "colour.valid" | is not the name of this rule; use colour.allowed, its reason code',
    ],
  },
  {
    title: "a severity we do not have",
    from: "unit: percent\n            dimension: accuracy\n            severity: warning",
    to: "severity: info\n            unit: percent\n            dimension: accuracy",
    problems: [
      'items.odcs.yaml:56  schema[items].properties[colour].quality[colour.allowed].severity = "info" | is not a severity; use error or warning',
    ],
  },
  {
    title: "a threshold in rows",
    from: "unit: percent\n            dim",
    to: "unit: rows\n            dim",
    problems: [
      "items.odcs.yaml:55  schema[items].properties[colour].quality[colour.allowed].mustBeLessOrEqualTo = 0.7 | is not a share of rows; use mustBeLessOrEqualTo from 0 to 100 with unit percent, or mustBe: 0",
    ],
  },
  {
    title: "a threshold above a hundred percent",
    from: "mustBeLessOrEqualTo: 0.7",
    to: "mustBeLessOrEqualTo: 170",
    problems: [
      "items.odcs.yaml:55  schema[items].properties[colour].quality[colour.allowed].mustBeLessOrEqualTo = 170 | is not a share of rows; use mustBeLessOrEqualTo from 0 to 100 with unit percent, or mustBe: 0",
    ],
  },
  {
    title: "a rule that the column does not have",
    from: "{ rule: range }",
    to: "{ rule: length }",
    problems: [
      "items.odcs.yaml:64  schema[items].properties[price].quality[0] | sets the rule price.length, which the column does not have; describe the column so that it has the rule, or remove this",
    ],
  },
  {
    title: "no null values where null is allowed",
    from: "metric: invalidValues\n            arguments: { validValues: [red, green] }",
    to: "metric: nullValues",
    problems: [
      'items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed].name = "colour.allowed" | is not the name of this rule; use colour.required, its reason code',
      "items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed] | sets the rule colour.required, which the column does not have; set required: true on the column, or remove the rule",
    ],
  },
  {
    title: "no duplicates where there is no key",
    from: "metric: invalidValues\n            arguments: { validValues: [red, green] }",
    to: "metric: duplicateValues",
    problems: [
      'items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed].name = "colour.allowed" | is not the name of this rule; use colour.unique, its reason code',
      "items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed] | sets the rule colour.unique, which the column does not have; only the first column of the primary key has it",
    ],
  },
  {
    title: "two rules of one kind",
    from: "            implementation: { rule: future }\nsla",
    to: "            implementation: { rule: future }\n          - { type: custom, engine: platform, implementation: { rule: future } }\nsla",
    problems: [
      "items.odcs.yaml:85  schema[items].properties[updated_at].quality[1] | is a second rule updated_at.future; keep one of each kind for a column",
    ],
  },
  {
    title: "a future of a text",
    from: "metric: invalidValues\n            arguments: { validValues: [red, green] }\n            mustBeLessOrEqualTo: 0.7\n            unit: percent",
    to: "type: custom\n            engine: platform\n            implementation: { rule: future }",
    problems: [
      'items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed].name = "colour.allowed" | is not the name of this rule; use colour.future, its reason code',
      "items.odcs.yaml:52  schema[items].properties[colour].quality[colour.allowed] | cannot be in the future: the column is string; remove it",
    ],
  },
  {
    title: "allowed values that YAML reads as something else",
    from: "[red, green]",
    to: "[red, no, 1]",
    problems: [
      'items.odcs.yaml:54  schema[items].properties[colour].quality[colour.allowed].arguments.validValues = ["red","no",1] | is not a list of texts; name the values that are allowed; quote what YAML reads as something else',
    ],
  },
  {
    title: "allowed values of a number",
    from: "            implementation: { rule: range }\n            customProperties:\n              - property: failureThreshold\n                value: 0",
    to: "            implementation: { rule: range }\n          - { metric: invalidValues, arguments: { validValues: [a] }, mustBe: 0 }",
    problems: [
      "items.odcs.yaml:67  schema[items].properties[price].quality[1] | lists texts, but the column is decimal(4,2); use bounds instead",
    ],
  },
  {
    title: "allowed values that are there twice",
    from: "[red, green]",
    to: "[red, red]",
    problems: [
      'items.odcs.yaml:54  schema[items].properties[colour].quality[colour.allowed].arguments.validValues = ["red","red"] | names a value twice; keep one',
    ],
  },
];
