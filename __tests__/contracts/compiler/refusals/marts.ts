import type { Refusal } from "./refusal";

const contract = "marts/sales";
const day = "required: true, primaryKey: true, description: Day of sale. }";

/** What is wrong with a mart, and with what columns say. */
export const martsRefusals: readonly Refusal[] = [
  {
    title: "a mart named like a dataset",
    contract,
    from: "name: sales\nversion: 2.0.1",
    to: "name: items\nversion: 2.0.1",
    problems: [
      'marts/sales.odcs.yaml:4  name = "items" | is not the name of the file; use sales, or rename the file',
      'marts/sales.odcs.yaml:4  name = "items" | is the name of a dataset, too; rename the mart',
      'marts/sales.odcs.yaml:10  schema[sales].name = "sales" | is not the name of the contract; use items',
    ],
  },
  {
    title: "a mart without a key",
    contract,
    from: " primaryKey: true,",
    to: "",
    problems: [
      "marts/sales.odcs.yaml:10  schema[sales] | has no primary key; set primaryKey: true on the columns that name a row",
    ],
  },
  {
    title: "a mart that is recomputed by the hour",
    contract,
    from: "    description: One row per day.\n",
    to: "    customProperties: [{ property: refresh, value: hourly }]\n",
    problems: [
      'marts/sales.odcs.yaml:11  schema[sales].customProperties[refresh].value = "hourly" | is not a way to refresh a mart; use batch or stream',
    ],
  },
  {
    title: "a mart of batches that is made of a stream",
    contract,
    from: "tags: [personal-data]",
    to: "tags: [personal-data], transformSourceObjects: [clicks.click_id]",
    problems: [
      'marts/sales.odcs.yaml:14  schema[sales].properties[buyer].transformSourceObjects[0] = "clicks.click_id" | is made of clicks, which arrives as a stream alone; add the custom property refresh: stream to sales',
    ],
  },
  {
    title: "a mart of streams that is made of files",
    contract,
    from: "    properties:\n      - { name: day,",
    to: "    customProperties: [{ property: refresh, value: stream }]\n    properties:\n      - { transformSourceObjects: [items], name: day,",
    problems: [
      'marts/sales.odcs.yaml:14  schema[sales].properties[day].transformSourceObjects[0] = "items" | is made of items, which is not streamed; remove refresh: stream, or name a Kafka server in items',
    ],
  },
  {
    title: "a mart that says where data arrives",
    contract,
    from: "schema:\n",
    to: "servers: [{ server: files, type: s3, location: s3://lake/raw }]\nschema:\n",
    problems: ["marts/sales.odcs.yaml:9  servers | is not checked on a mart; remove it"],
  },
  {
    title: "a promise of a mart",
    contract,
    from: "schema:\n",
    to: "slaProperties: [{ property: latency, value: 1, unit: d }]\nschema:\n",
    problems: ["marts/sales.odcs.yaml:9  slaProperties | is not checked on a mart; remove it"],
  },
  {
    title: "a rule of a mart",
    contract,
    from: "    description: One row per day.\n",
    to: "    quality: [{ metric: rowCount, mustBeBetween: [1, 2] }]\n",
    problems: ["marts/sales.odcs.yaml:11  schema[sales].quality | is not checked on a mart; remove it"],
  },
  {
    title: "a rule of a mart's column",
    contract,
    from: day,
    to: `logicalTypeOptions: { minimum: "2015-01-01" }, ${day}`,
    problems: [
      "marts/sales.odcs.yaml:13  schema[sales].properties[day].logicalTypeOptions | is not checked on a mart; remove it",
    ],
  },
  {
    title: "a custom property of a mart",
    contract,
    from: "    description: One row per day.\n",
    to: "    customProperties: [{ property: versionColumn, value: day }]\n",
    problems: [
      'marts/sales.odcs.yaml:11  schema[sales].customProperties[versionColumn].property = "versionColumn" | is not a custom property that has an effect here; use refresh, or remove it',
    ],
  },
  {
    title: "a column made of a dataset that is not there",
    contract,
    from: day,
    to: `transformSourceObjects: [itms.label], ${day}`,
    problems: [
      'marts/sales.odcs.yaml:13  schema[sales].properties[day].transformSourceObjects[0] = "itms.label" | is made of a dataset without a contract; did you mean items?',
    ],
  },
  {
    title: "a column made of one that is not there",
    contract,
    from: day,
    to: `transformSourceObjects: [items, items.prize], ${day}`,
    problems: [
      'marts/sales.odcs.yaml:13  schema[sales].properties[day].transformSourceObjects[1] = "items.prize" | is made of a column that items does not have; did you mean price?',
    ],
  },
  {
    title: "a column that does not say that it is personal, and is made of what is",
    contract,
    from: day,
    to: `transformSourceObjects: [items.label], ${day}`,
    problems: [
      'marts/sales.odcs.yaml:13  schema[sales].properties[day].transformSourceObjects[0] = "items.label" | is personal, and what is made of it is not; tag day with personal-data, or leave it out',
    ],
  },
  {
    title: "a type of another engine",
    contract,
    from: "physicalType: DATE,",
    to: "physicalType: DATETIME,",
    problems: [
      'marts/sales.odcs.yaml:13  schema[sales].properties[day].physicalType = "DATETIME" | is not a Spark type of a date; use DATE',
    ],
  },
  {
    title: "a description that no comment can hold",
    contract,
    from: "Day of sale.",
    to: "é".repeat(128),
    problems: [
      `marts/sales.odcs.yaml:13  schema[sales].properties[day].description = "${"é".repeat(78)}… | is too long for a comment of the catalog; use at most 255 bytes`,
    ],
  },
];
