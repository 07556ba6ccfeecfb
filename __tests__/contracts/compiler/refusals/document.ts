import type { Refusal } from "./refusal";

/** What is wrong with the document as a whole. */
export const documentRefusals: readonly Refusal[] = [
  {
    title: "another version of the standard",
    from: "apiVersion: v3.1.0",
    to: "apiVersion: v3.0.2",
    problems: [
      'items.odcs.yaml:1  apiVersion = "v3.0.2" | is not the version of the standard used here; use v3.1.0',
    ],
  },
  {
    title: "an unknown version of the standard",
    from: "apiVersion: v3.1.0",
    to: "apiVersion: v3.1",
    problems: [
      'items.odcs.yaml:1  apiVersion = "v3.1" | is not the version of the standard used here; use v3.1.0',
    ],
  },
  {
    title: "another kind",
    from: "kind: DataContract",
    to: "kind: DataProduct",
    problems: [
      'items.odcs.yaml:2  kind = "DataProduct" | is not one of the standard\'s values; use one of DataContract',
    ],
  },
  {
    title: "a key the standard does not have",
    from: "status: active",
    to: "status: active\nowners: [x]",
    problems: ['items.odcs.yaml:7  owners = ["x"] | is not a key of ODCS v3.1.0 here; remove it'],
  },
  {
    title: "no purpose",
    from: "description:\n  purpose:",
    to: "description:\n  usage:",
    problems: ["items.odcs.yaml:8  description.purpose | is missing; say what the data is for"],
  },
  {
    title: "a misspelt key of a column",
    from: "physicalType: BIGINT\n        required: true\n        unique",
    to: "physicalTyp: BIGINT\n        required: true\n        unique",
    problems: [
      'items.odcs.yaml:29  schema[items].properties[item_id].physicalTyp = "BIGINT" | is not a key of ODCS v3.1.0 here; did you mean physicalType?',
    ],
  },
  {
    title: "two unknown keys of a column",
    from: "physicalName: Label\n",
    to: "colour: red\n        weight: 1\n",
    problems: [
      'items.odcs.yaml:40  schema[items].properties[label].colour = "red" | is not a key of ODCS v3.1.0 here; remove it',
      "items.odcs.yaml:41  schema[items].properties[label].weight = 1 | is not a key of ODCS v3.1.0 here; remove it",
    ],
  },
  {
    title: "a missing key of the standard",
    from: "status: active\n",
    to: "",
    problems: ["items.odcs.yaml:1  status | is missing; ODCS v3.1.0 wants it"],
  },
  {
    title: "a value of the wrong type",
    from: "        required: true\n        unique: true",
    to: "        required: yes please\n        unique: true",
    problems: [
      'items.odcs.yaml:30  schema[items].properties[item_id].required = "yes please" | must be boolean (ODCS v3.1.0); see the JSON schema in contracts/odcs',
    ],
  },
  {
    title: "a value that is not the standard's",
    from: "dimension: accuracy",
    to: "dimension: beauty",
    problems: [
      'items.odcs.yaml:57  schema[items].properties[colour].quality[colour.allowed].dimension = "beauty" | is not one of the standard\'s values; use one of accuracy, completeness, conformity, consistency, coverage, timeliness, uniqueness',
    ],
  },
  {
    title: "text that is not YAML",
    from: "kind: DataContract",
    to: "kind: [DataContract",
    problems: [
      "items.odcs.yaml:3 | is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it",
    ],
  },
  {
    title: "a key that is there twice",
    from: "kind: DataContract",
    to: "kind: DataContract\nkind: DataContract",
    problems: ["items.odcs.yaml:3 | is not YAML: Map keys must be unique; correct it"],
  },
  {
    title: "a version that is not semantic",
    from: "version: 1.2.0",
    to: 'version: "1.2"',
    problems: ['items.odcs.yaml:5  version = "1.2" | is not a semantic version; use for example 1.0.0'],
  },
  {
    title: "a name that is not the file's",
    from: "name: items\nversion",
    to: "name: goods\nversion",
    problems: [
      'items.odcs.yaml:4  name = "goods" | is not the name of the file; use items, or rename the file',
      'items.odcs.yaml:12  schema[items].name = "items" | is not the name of the contract; use goods',
      'items.odcs.yaml:89  slaProperties[latency].element = "items.updated_at" | is not the version column; use goods.updated_at',
    ],
  },
  {
    title: "a name that is no table's",
    from: "name: items\nversion",
    to: "name: Items\nversion",
    problems: [
      'items.odcs.yaml:4  name = "Items" | is not a name of a table; use lower-case letters, digits and _',
      'items.odcs.yaml:4  name = "Items" | is not the name of the file; use items, or rename the file',
      'items.odcs.yaml:12  schema[items].name = "items" | is not the name of the contract; use Items',
      'items.odcs.yaml:89  slaProperties[latency].element = "items.updated_at" | is not the version column; use Items.updated_at',
    ],
  },
  {
    title: "no owner",
    from: "team:\n  name: shelves",
    to: "team:\n  description: none",
    problems: ["items.odcs.yaml:10  team.name | is missing; name the team that answers for the data"],
  },
  {
    title: "a custom property of the contract",
    from: "kind: DataContract",
    to: "kind: DataContract\ncustomProperties: [{ property: colour, value: red }]",
    problems: [
      'items.odcs.yaml:3  customProperties[colour].property = "colour" | is not a custom property that has an effect here; remove it',
    ],
  },
];
