import type { Refusal } from "./refusal";

/** What is wrong with the rules and promises of a dataset. */
export const promisesRefusals: readonly Refusal[] = [
  {
    title: "a dataset rule that is none",
    from: "metric: rowCount\n        mustBeBetween: [1, 1000]",
    to: "metric: duplicateValues\n        mustBe: 0",
    problems: [
      "items.odcs.yaml:21  schema[items].quality[volume] | is not a rule of a dataset here; use metric rowCount; rules of a column belong to the column",
    ],
  },
  {
    title: "a volume without bounds",
    from: "mustBeBetween: [1, 1000]",
    to: "mustBe: 7",
    problems: [
      "items.odcs.yaml:21  schema[items].quality[volume] | bounds nothing; use mustBeBetween, mustBeGreaterOrEqualTo or mustBeLessOrEqualTo",
    ],
  },
  {
    title: "a volume that is swapped",
    from: "[1, 1000]",
    to: "[1000, 1]",
    problems: [
      "items.odcs.yaml:23  schema[items].quality[volume].mustBeBetween = [1000,1] | is empty; smallest number first",
    ],
  },
  {
    title: "two volumes",
    from: "    properties:\n      - name: item_id",
    to: "      - { metric: rowCount, mustBeGreaterOrEqualTo: 1 }\n    properties:\n      - name: item_id",
    problems: ["items.odcs.yaml:25  schema[items].quality[1] | is a second rule volume; keep one"],
  },
  {
    title: "a promise nothing checks",
    from: "property: latency",
    to: "property: availability",
    problems: [
      'items.odcs.yaml:86  slaProperties[availability].property = "availability" | is not a promise the platform checks; use latency, or remove it',
    ],
  },
  {
    title: "a latency without a unit",
    from: "    unit: h\n",
    to: "",
    problems: ["items.odcs.yaml:86  slaProperties[latency].unit | is not a unit of time here; use d, h or m"],
  },
  {
    title: "a latency of nothing",
    from: "value: 36",
    to: "value: 0",
    problems: ["items.odcs.yaml:87  slaProperties[latency].value = 0 | is not a time; use a number above 0"],
  },
  {
    title: "a latency of another column",
    from: "element: items.updated_at",
    to: "element: items.added_on",
    problems: [
      'items.odcs.yaml:89  slaProperties[latency].element = "items.added_on" | is not the version column; use items.updated_at',
    ],
  },
  {
    title: "two latencies",
    from: "    element: items.updated_at",
    to: "    element: items.updated_at\n  - { property: latency, value: 1, unit: d, element: items.updated_at }",
    problems: ["items.odcs.yaml:90  slaProperties[latency] | is a second latency; keep one"],
  },
];
