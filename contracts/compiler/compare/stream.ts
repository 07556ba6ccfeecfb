import type { CompiledContract, CompiledStream } from "../compiled";
import type { Place } from "../place";
import type { Compiled } from "../references";
import type { CustomProperty, StandardServer } from "../standard";
import { additive, breaking, type Change } from "./change";

/**
 * How the way changed on which data arrives. A stream that is new changes nothing for those who deliver files or read
 * tables. How late an event may be is compared with the other rules.
 */
export function compareArrival(before: CompiledContract, { root, contract }: Compiled): Change[] {
  const servers = root.at("servers");
  return [
    ...compareFiles(before, contract, servers),
    ...compareStreams(before.stream, contract.stream, root),
  ];
}

function compareFiles(before: CompiledContract, after: CompiledContract, servers: Place): Change[] {
  if (before.has_files === after.has_files) return [];
  if (after.has_files)
    return [additive(servers, "now name files, and the data arrived through Kafka alone", "leave them out")];
  return [
    breaking(servers, "no longer name files, and batches bring some", "keep a server of type local or s3"),
  ];
}

function compareStreams(was: CompiledStream | null, is: CompiledStream | null, root: Place): Change[] {
  if (was === null) return [];
  if (is === null) {
    const message = `no longer name the topic ${was.topic}, and producers write to it`;
    return [breaking(root.at("servers"), message, "keep the server of type kafka")];
  }
  const change = (property: string, effect: string, from: string | number, to: string | number): Change[] => {
    if (from === to) return [];
    const message = `changes the ${effect} from ${from} to ${to}`;
    return [breaking(propertyOf(root, property), message, `keep ${from}`)];
  };
  return [
    ...change("topic", "topic, which producers and consumers name,", was.topic, is.topic),
    ...change("partitions", "partitions, and keys move between them,", was.partitions, is.partitions),
    ...change("eventTime", "column that says when an event happened", was.event_time, is.event_time),
    ...change("tieBreaker", "record that wins a tie", was.tie_breaker, is.tie_breaker),
    ...compareRetention(was, is, root),
  ];
}

function compareRetention(was: CompiledStream, is: CompiledStream, root: Place): Change[] {
  const [from, to] = [was.retention_hours, is.retention_hours];
  if (from === to) return [];
  const place = propertyOf(root, "retentionHours");
  const message = `changes the hours that records can be read again from ${from} to ${to}`;
  return [(to < from ? breaking : additive)(place, message, `keep ${from}`)];
}

/** Returns the place of a custom property of the Kafka server, or of the server when it does not have it. */
function propertyOf(root: Place, name: string): Place {
  const servers = root.at("servers");
  const kafka = servers.items().find(({ value }) => (value as StandardServer).type === "kafka") ?? servers;
  const found = kafka
    .at("customProperties")
    .items()
    .find(({ value }) => (value as CustomProperty).property === name);
  return found?.at("value") ?? kafka;
}
