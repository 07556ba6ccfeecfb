import type { Refusal } from "./refusal";

/** What is wrong with references between datasets. */
export const referencesRefusals: readonly Refusal[] = [
  {
    title: "a reference to an unknown dataset",
    from: "to: shelves.shelf_id",
    to: "to: shelfs.shelf_id",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelfs.shelf_id" | refers to a dataset without a contract; did you mean shelves?',
    ],
  },
  {
    title: "a reference to an unknown column",
    from: "to: shelves.shelf_id",
    to: "to: shelves.shelf",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelves.shelf" | refers to a column that shelves does not have; use one of shelf_id, floor, updated_at',
    ],
  },
  {
    title: "a reference to a column that is no key",
    from: "to: shelves.shelf_id",
    to: "to: shelves.floor",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelves.floor" | refers to a column that is not the key of shelves; the key is shelf_id',
    ],
  },
  {
    title: "a reference to a key of another type",
    from: "        logicalType: integer\n        physicalType: BIGINT\n        rel",
    to: "        logicalType: integer\n        physicalType: INT\n        rel",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelves.shelf_id" | refers to bigint from int; give both columns one type',
    ],
  },
  {
    title: "a reference by stable ids",
    from: "to: shelves.shelf_id",
    to: "to: schema/shelves/properties/shelf_id",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "schema/shelves/properties/shelf_id" | names its target in a way that is not read; write it as <dataset>.<column>',
    ],
  },
  {
    title: "a reference with a file, which the standard has not",
    from: "to: shelves.shelf_id",
    to: "to: shelves.odcs.yaml#shelves.shelf_id",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelves.odcs.yaml#shelves.shelf_id" | must match pattern "^[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*$" (ODCS v3.1.0); see the JSON schema in contracts/odcs',
    ],
  },
  {
    title: "two references of one column",
    from: "          - to: shelves.shelf_id",
    to: "          - to: shelves.shelf_id\n          - to: shelves.shelf_id",
    problems: [
      "items.odcs.yaml:39  schema[items].properties[parent_id].relationships[1] | is a second relationship of the column; keep one",
    ],
  },
  {
    title: "references in a circle",
    contract: "shelves",
    from: "name: floor, logicalType: integer, physicalType: INT",
    to: "name: floor, logicalType: integer, physicalType: BIGINT, relationships: [{ to: items.item_id }]",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "shelves.shelf_id" | closes a circle: items → shelves → items; datasets are checked one after the other: remove one of these references',
      'shelves.odcs.yaml:15  schema[shelves].properties[floor].relationships[0].to = "items.item_id" | closes a circle: shelves → items → shelves; datasets are checked one after the other: remove one of these references',
    ],
  },
];
