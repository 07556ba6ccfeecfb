import { fileServer } from "../streams";
import type { Refusal } from "./refusal";

const server = "clicks.odcs.yaml:10  servers[events]";
const properties = "servers[events].customProperties";

function property(title: string, from: string, to: string, line: number, ...problems: string[]): Refusal {
  const at = (problem: string) => `clicks.odcs.yaml:${line}  ${properties}${problem}`;
  return { title, contract: "clicks", from, to, problems: problems.map(at) };
}

const key = "physicalType: STRING, required: true, primaryKey: true";
const derived = (from: string) => `${key}, customProperties: [{ property: derivedFrom, value: ${from} }]`;
const column = (line: number, name: string) => `clicks.odcs.yaml:${line}  schema[clicks].properties[${name}]`;

/** Mistakes in how a contract says that its data arrives. */
export const streamRefusals: readonly Refusal[] = [
  {
    title: "a server that nothing arrives at",
    contract: "clicks",
    from: "type: kafka\n    host: 127.0.0.1:9092",
    to: "type: kinesis",
    problems: [
      'clicks.odcs.yaml:11  servers[events].type = "kinesis" | is not a supported type of server; use kafka, local, s3 or custom',
      `${column(23, "clicked_at")} | has a rule late and is not the event time of a stream; remove the rule, or name a Kafka server`,
    ],
  },
  {
    title: "a second Kafka server",
    contract: "clicks",
    from: "schema:\n",
    to: "  - { server: more, type: kafka, host: 127.0.0.1:9093 }\nschema:\n",
    problems: ["clicks.odcs.yaml:20  servers[more] | is a second Kafka server; keep one"],
  },
  {
    title: "records that are not JSON",
    contract: "clicks",
    from: "format: json",
    to: "format: avro",
    problems: [
      'clicks.odcs.yaml:13  servers[events].format = "avro" | is not a supported format of records; use json',
    ],
  },
  {
    title: "files of another format than the raw files",
    contract: "clicks",
    from: "schema:\n",
    to: `${fileServer.replace("format: csv", "format: parquet")}schema:\n`,
    problems: [
      'clicks.odcs.yaml:23  servers[exports].format = "parquet" | is not the format of the raw files, csv; use csv',
    ],
  },
  {
    title: "raw files where the servers name none",
    contract: "clicks",
    from: "    properties:\n",
    to: "    customProperties: [{ property: rawFiles, value: { format: csv } }]\n    properties:\n",
    problems: [
      "clicks.odcs.yaml:22  schema[clicks].customProperties[rawFiles].value | describes files, and the servers name none; remove it, or add a server of type local or s3",
    ],
  },
  property(
    "a topic that Kafka refuses",
    "value: shop.clicks",
    "value: shop/clicks",
    15,
    '[topic].value = "shop/clicks" | is not a name of a topic; use letters, digits, ., _ and -, at most 249',
  ),
  property(
    "half a partition",
    "partitions, value: 3",
    "partitions, value: 0.5",
    16,
    "[partitions].value = 0.5 | is too small, or not a whole number; use 1 or more",
  ),
  property(
    "records that are gone before a closed day can be read again",
    "retentionHours, value: 200",
    "retentionHours, value: 24",
    17,
    "[retentionHours].value = 24 | is too small, or not a whole number; use 168 or more",
  ),
  property(
    "an event time that may be missing",
    "eventTime, value: clicked_at",
    "eventTime, value: pages",
    18,
    '[eventTime].value = "pages" | is not a timestamp column that every row has; name one of clicked_at, sent_at',
  ),
  property(
    "ties that are broken by chance",
    "tieBreaker, value: position",
    "tieBreaker, value: random",
    19,
    '[tieBreaker].value = "random" | is not a tie-breaker; use position',
  ),
  property(
    "a custom property that no stream has",
    "tieBreaker, value: position",
    "tieBreakers, value: position",
    19,
    '[tieBreakers].property = "tieBreakers" | is not a custom property that has an effect here; did you mean tieBreaker?',
  ),
  {
    title: "a stream that does not say what it needs",
    contract: "clicks",
    from: "      - { property: partitions, value: 3 }\n      - { property: retentionHours, value: 200 }\n      - { property: eventTime, value: clicked_at }\n",
    to: "",
    problems: [
      `${server} | lacks the custom property eventTime; add it: name one of clicked_at, sent_at`,
      `${server} | lacks the custom property partitions; add it, with 1 or more`,
      `${server} | lacks the custom property retentionHours; add it, with 168 or more`,
    ],
  },
  {
    title: "a late column that is not the event time",
    contract: "clicks",
    from: "eventTime, value: clicked_at",
    to: "eventTime, value: sent_at",
    problems: [
      `${column(24, "clicked_at")} | has a rule late and is not the event time of a stream; move the rule to sent_at`,
    ],
  },
  {
    title: "lateness that is not a time",
    contract: "clicks",
    from: "value: 2, unit: h",
    to: "value: 0, unit: weeks",
    problems: [
      `clicks.odcs.yaml:29  schema[clicks].properties[clicked_at].quality[0].implementation.unit = "weeks" | is not a unit of time here; use d, h or m`,
      `clicks.odcs.yaml:29  schema[clicks].properties[clicked_at].quality[0].implementation.value = 0 | is not a time; use a number above 0`,
    ],
  },
  {
    title: "a key that the producer of a record cannot know",
    contract: "clicks",
    from: key,
    to: derived("occurrence"),
    problems: [
      `${column(23, "click_id")} | is derived from occurrence, which a producer cannot know; choose a key that events carry, or derivedFrom: position where there are no files`,
    ],
  },
  {
    title: "a position where there are files",
    contract: "shelves",
    from: "name: shelf_id, logicalType: integer, physicalType: BIGINT, required: true, primaryKey: true",
    to: `name: shelf_id, logicalType: string, ${derived("position")}`,
    problems: [
      "shelves.odcs.yaml:14  schema[shelves].properties[shelf_id] | is derived from a record's position, and files have none; remove the servers of files, or choose another key",
    ],
  },
  {
    title: "a topic that is that of another dataset",
    contract: "shelves",
    from: "schema:\n",
    to: "servers:\n  - server: events\n    type: kafka\n    host: 127.0.0.1:9092\n    customProperties: [{ property: topic, value: shop.clicks }, { property: partitions, value: 1 }, { property: retentionHours, value: 168 }, { property: eventTime, value: updated_at }]\n  - { server: files, type: s3, location: s3://lake/raw/shelves }\nschema:\n",
    problems: [
      "shelves.odcs.yaml:10  servers | name the topic shop.clicks, which belongs to clicks; use another topic",
    ],
  },
  {
    title: "a reference to a dataset that no batch may have",
    from: "to: shelves.shelf_id",
    to: "to: clicks.click_id",
    problems: [
      'items.odcs.yaml:38  schema[items].properties[parent_id].relationships[0].to = "clicks.click_id" | refers to clicks, which arrives as a stream alone: a batch without it could not check the reference; remove the relationship, or refer to a dataset that has files',
    ],
  },
];
