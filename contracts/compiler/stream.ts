import { suggest } from "../../base/closest";
import { type CompiledColumn, type CompiledStream, TIE_BREAKERS } from "./compiled";
import { customProperties } from "./custom-properties";
import type { Place } from "./place";
import type { Servers } from "./servers";

/** Custom properties that a Kafka server may have: what the standard has no field for. */
const properties = ["topic", "partitions", "retentionHours", "eventTime", "tieBreaker"] as const;

/** Kafka's rule. Source: Apache Kafka 3.9, `org.apache.kafka.common.internals.Topic`. */
const TOPIC = /^(?!\.\.?$)[a-zA-Z0-9._-]{1,249}$/;

/** A closed day that the audit refuses is read again from Kafka. */
const SHORTEST_RETENTION_HOURS = 7 * 24;

/** What a stream has to agree with. */
export interface StreamContext {
  readonly name: string;
  /** The place of the contract's dataset. */
  readonly dataset: Place;
  readonly columns: readonly CompiledColumn[];
}

/** Compiles how records arrive through Kafka; null when they do not. What cannot work is noted in the file. */
export function compileStream(servers: Servers, context: StreamContext): CompiledStream | null {
  const { kafka } = servers;
  checkDerived(servers, context);
  if (kafka === undefined) {
    checkLate("remove the rule, or name a Kafka server", context);
    return null;
  }
  checkFormats(kafka, context);
  const custom = customProperties(kafka, properties);
  const event_time = eventTime(kafka, custom.get("eventTime"), context);
  if (event_time !== "") checkLate(`move the rule to ${event_time}`, context, event_time);
  return {
    topic: topic(custom.get("topic"), context.name),
    partitions: wholeNumber(kafka, custom.get("partitions"), "partitions", 1),
    retention_hours: wholeNumber(
      kafka,
      custom.get("retentionHours"),
      "retentionHours",
      SHORTEST_RETENTION_HOURS,
    ),
    event_time,
    lateness_seconds: latenessOf(context.columns.find(({ name }) => name === event_time)),
    tie_breaker: tieBreaker(custom.get("tieBreaker")),
  };
}

function topic(place: Place | undefined, name: string): string {
  if (place === undefined) return name;
  if (!TOPIC.test(String(place.value)))
    place.refuse("is not a name of a topic", "use letters, digits, ., _ and -, at most 249");
  return String(place.value);
}

function wholeNumber(kafka: Place, place: Place | undefined, name: string, minimum: number): number {
  const value = place?.value;
  if (place === undefined)
    kafka.refuse(`lacks the custom property ${name}`, `add it, with ${minimum} or more`);
  else if (typeof value !== "number" || !Number.isInteger(value) || value < minimum)
    place.refuse("is too small, or not a whole number", `use ${minimum} or more`);
  return Number(value);
}

/** Returns the column that says when an event happened; empty when there is none that can. */
function eventTime(kafka: Place, place: Place | undefined, { columns }: StreamContext): string {
  const candidates = columns.filter(({ type, nullable }) => type === "timestamp" && !nullable);
  const names = candidates.map(({ name }) => name);
  const remedy = names.length > 0 ? `name one of ${names.join(", ")}` : "describe one";
  if (place === undefined) kafka.refuse("lacks the custom property eventTime", `add it: ${remedy}`);
  else if (names.includes(String(place.value))) return String(place.value);
  else place.refuse("is not a timestamp column that every row has", remedy);
  return "";
}

function tieBreaker(place: Place | undefined): CompiledStream["tie_breaker"] {
  const found = TIE_BREAKERS.find((word) => word === (place?.value ?? "position"));
  if (found === undefined) place?.refuse("is not a tie-breaker", `use ${TIE_BREAKERS.join(" or ")}`);
  return found ?? "position";
}

function latenessOf(column: CompiledColumn | undefined): number | null {
  const seconds = column?.rules.find(({ kind }) => kind === "late")?.params.seconds;
  return typeof seconds === "number" ? seconds : null;
}

/** Notes rules `late` on columns that no arrival time is compared with. */
function checkLate(remedy: string, { dataset, columns }: StreamContext, event_time?: string): void {
  columns.forEach(({ name, rules }, index) => {
    if (name === event_time || !rules.some(({ kind }) => kind === "late")) return;
    dataset.at("properties", index).refuse("has a rule late and is not the event time of a stream", remedy);
  });
}

/** Notes keys that a stream, or a batch, cannot make. */
function checkDerived({ kafka, hasFiles }: Servers, { dataset, columns }: StreamContext): void {
  columns.forEach(({ derived }, index) => {
    const place = dataset.at("properties", index);
    if (derived === "position" && hasFiles)
      place.refuse(
        "is derived from a record's position, and files have none",
        "remove the servers of files, or choose another key",
      );
    else if (derived !== null && derived !== "position" && kafka !== undefined)
      place.refuse(
        `is derived from ${derived}, which a producer cannot know`,
        "choose a key that events carry, or derivedFrom: position where there are no files",
      );
  });
}

/** Notes a format of values other than JSON, and numbers that JSON does not write. */
function checkFormats(kafka: Place, { dataset, columns }: StreamContext): void {
  const format = kafka.at("format");
  if (format.value !== undefined && format.value !== "json")
    format.refuse(
      "is not a supported format of records",
      suggest(String(format.value), ["json"], "use json"),
    );
  columns.forEach(({ type, format: written }, index) => {
    if (written !== null && !["date", "timestamp"].includes(type))
      dataset
        .at("properties", index)
        .refuse("has a numberFormat, and numbers of records have a point", "remove one of them");
  });
}
