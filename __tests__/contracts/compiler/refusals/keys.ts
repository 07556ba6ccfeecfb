import type { Refusal } from "./refusal";

/** What is wrong with keys and columns. */
export const keysRefusals: readonly Refusal[] = [
  {
    title: "no primary key",
    contract: "shelves",
    from: ", primaryKey: true",
    to: "",
    problems: [
      "shelves.odcs.yaml:10  schema[shelves] | has no primary key; set primaryKey: true on the columns that name a row",
    ],
  },
  {
    title: "a key that may be missing",
    from: "        required: true\n        unique: true",
    to: "        unique: true",
    problems: [
      "items.odcs.yaml:26  schema[items].properties[item_id] | is part of the key and may be missing; set required: true",
    ],
  },
  {
    title: "key positions that do not count",
    contract: "shelves",
    from: "primaryKey: true }\n      - { name: floor, logicalType: integer, physicalType: INT }",
    to: "primaryKey: true, primaryKeyPosition: 1 }\n      - { name: floor, logicalType: integer, physicalType: INT, required: true, primaryKey: true, primaryKeyPosition: 3 }",
    problems: [
      "shelves.odcs.yaml:15  schema[shelves].properties[floor].primaryKeyPosition = 3 | does not count the key's columns; number them 1, 2, …",
    ],
  },
  {
    title: "a unique column that is no key",
    from: "physicalName: Label",
    to: "physicalName: Label\n        unique: true",
    problems: [
      "items.odcs.yaml:41  schema[items].properties[label].unique = true | is only checked on a key of one column; remove it",
    ],
  },
  {
    title: "a name that is no column's",
    from: "- name: colour\n",
    to: "- name: Colour\n",
    problems: [
      'items.odcs.yaml:48  schema[items].properties[Colour].name = "Colour" | is not a name of a column; use lower-case letters, digits and _',
      'items.odcs.yaml:52  schema[items].properties[Colour].quality[colour.allowed].name = "colour.allowed" | is not the name of this rule; use Colour.allowed, its reason code',
    ],
  },
  {
    title: "a column that is there twice",
    contract: "shelves",
    from: "name: floor",
    to: "name: shelf_id",
    problems: [
      'shelves.odcs.yaml:15  schema[shelves].properties[shelf_id].name = "shelf_id" | is there twice; rename or remove one',
    ],
  },
  {
    title: "a nested column",
    from: "      - name: colour\n        logicalType: string",
    to: "      - name: colour\n        logicalType: object",
    problems: [
      'items.odcs.yaml:49  schema[items].properties[colour].logicalType = "object" | is not a type of a column here; use one of boolean, date, integer, number, string, timestamp',
    ],
  },
];
