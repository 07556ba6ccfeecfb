import { shelvesContract } from "../../../release/support/contracts";
import type { Refusal } from "./refusal";

/** What is wrong with a dataset and its custom properties. */
export const datasetRefusals: readonly Refusal[] = [
  {
    title: "no dataset",
    contract: "shelves",
    from: shelvesContract.slice(shelvesContract.indexOf("schema:")),
    to: "schema: []\n",
    problems: [
      "shelves.odcs.yaml:9  schema = [] | describes no dataset; describe the one dataset of the contract",
    ],
  },
  {
    title: "two datasets",
    contract: "shelves",
    from: "schema:\n",
    to: "schema:\n  - name: second\n",
    problems: [
      'shelves.odcs.yaml:10  schema[second].name = "second" | is not the name of the contract; use shelves',
      "shelves.odcs.yaml:10  schema[second] | has no columns; describe them under properties",
      "shelves.odcs.yaml:10  schema[second] | has no primary key; set primaryKey: true on the columns that name a row",
      "shelves.odcs.yaml:11  schema[shelves] | is a second dataset; give it a contract of its own",
    ],
  },
  {
    title: "more columns than a dataset may have",
    contract: "shelves",
    from: "    properties:\n",
    to: `    properties:\n${Array.from({ length: 500 }, (_, index) => `      - { name: c${index}, logicalType: string, physicalType: STRING }\n`).join("")}`,
    problems: [
      "shelves.odcs.yaml:10  schema[shelves] | has 503 columns, and a dataset may have 500; split it, or make columns of one kind rows of a name and a value",
    ],
  },
  {
    title: "a dataset of another name",
    from: "  - name: items\n    custom",
    to: "  - name: goods\n    custom",
    problems: [
      'items.odcs.yaml:12  schema[goods].name = "goods" | is not the name of the contract; use items',
    ],
  },
  {
    title: "another raw folder",
    from: "  - name: items\n    custom",
    to: "  - name: items\n    physicalName: goods\n    custom",
    problems: [
      'items.odcs.yaml:13  schema[items].physicalName = "goods" | is not the folder of the raw files; use items',
    ],
  },
  {
    title: "a relationship of the dataset",
    from: "    quality:\n      - name: volume",
    to: "    relationships: [{ from: items.parent_id, to: shelves.shelf_id }]\n    quality:\n      - name: volume",
    problems: [
      "items.odcs.yaml:20  schema[items].relationships | is not read on a dataset; write it on the column that refers",
    ],
  },
  {
    title: "a custom property nothing reads",
    from: "property: versionColumn",
    to: "property: versionColum",
    problems: [
      'items.odcs.yaml:14  schema[items].customProperties[versionColum].property = "versionColum" | is not a custom property that has an effect here; did you mean versionColumn?',
      "items.odcs.yaml:86  slaProperties[latency] | needs versions, and the dataset has none; name its versionColumn, or remove this",
    ],
  },
  {
    title: "a custom property that is there twice",
    from: "property: partitionBy\n        value: { column: added_on, transform: month }",
    to: "property: versionColumn\n        value: updated_at",
    problems: [
      'items.odcs.yaml:16  schema[items].customProperties[versionColumn].property = "versionColumn" | is there twice; keep one',
      "items.odcs.yaml:74  schema[items].properties[added_on].partitioned = true | is not what partitionBy says; name the column there, or remove this",
    ],
  },
  {
    title: "a threshold above one",
    from: "value: 0.05",
    to: "value: 5",
    problems: [
      "items.odcs.yaml:19  schema[items].customProperties[failureThreshold].value = 5 | is not a share of rows; use a number from 0 to 1, such as 0.02 for two rows in a hundred",
    ],
  },
  {
    title: "a threshold that is text",
    from: "value: 0.05",
    to: "value: few",
    problems: [
      'items.odcs.yaml:19  schema[items].customProperties[failureThreshold].value = "few" | is not a share of rows; use a number from 0 to 1, such as 0.02 for two rows in a hundred',
    ],
  },
  {
    title: "a version column that is not there",
    from: "value: updated_at",
    to: "value: updated",
    problems: [
      'items.odcs.yaml:15  schema[items].customProperties[versionColumn].value = "updated" | is not a column of the dataset; use one of item_id, parent_id, label, colour, price, added_on, updated_at',
    ],
  },
  {
    title: "a version column that is no timestamp",
    from: "value: updated_at",
    to: "value: added_on",
    problems: [
      'items.odcs.yaml:15  schema[items].customProperties[versionColumn].value = "added_on" | is not a timestamp but date; name a column of type timestamp',
    ],
  },
  {
    title: "a version column that may be missing",
    from: "physicalType: TIMESTAMP\n        required: true",
    to: "physicalType: TIMESTAMP",
    problems: [
      "items.odcs.yaml:75  schema[items].properties[updated_at] | orders the versions and may be missing; set required: true",
    ],
  },
  {
    title: "a partition of an unknown column",
    from: "column: added_on, transform",
    to: "column: added, transform",
    problems: [
      'items.odcs.yaml:17  schema[items].customProperties[partitionBy].value.column = "added" | is not a column of the dataset; use one of item_id, parent_id, label, colour, price, added_on, updated_at',
      "items.odcs.yaml:74  schema[items].properties[added_on].partitioned = true | is not what partitionBy says; name the column there, or remove this",
    ],
  },
  {
    title: "an unknown transform",
    from: "transform: month",
    to: "transform: week",
    problems: [
      'items.odcs.yaml:17  schema[items].customProperties[partitionBy].value.transform = "week" | is not a transform; use one of identity, day, month, year',
    ],
  },
  {
    title: "months of a number",
    from: "column: added_on, transform",
    to: "column: price, transform",
    problems: [
      'items.odcs.yaml:17  schema[items].customProperties[partitionBy].value.transform = "month" | needs a date or a timestamp, and the column is number; use identity',
      "items.odcs.yaml:74  schema[items].properties[added_on].partitioned = true | is not what partitionBy says; name the column there, or remove this",
    ],
  },
  {
    title: "partitioned that partitionBy does not say",
    from: "        required: true\n        unique: true",
    to: "        required: true\n        partitioned: true\n        unique: true",
    problems: [
      "items.odcs.yaml:31  schema[items].properties[item_id].partitioned = true | is not what partitionBy says; name the column there, or remove this",
    ],
  },
];
