import type { CompiledRaw } from "./compiled";
import type { Place } from "./place";
import type { StandardServer } from "./standard";

/** Where the data of a contract arrives. */
export interface Servers {
  /** The Kafka server; undefined for data that arrives in files alone. */
  readonly kafka: Place | undefined;
  /** The OpenSearch server; undefined for data that is not searched there. */
  readonly search: Place | undefined;
  /** Servers of raw files. */
  readonly files: readonly Place[];
  /** Whether batches of raw files arrive. */
  readonly hasFiles: boolean;
}

/** The standard has no type for OpenSearch; `product` says what a server of type `custom` is. */
const CUSTOM = "custom";

/** Types of the standard's servers that hold raw files. */
const ofFiles = ["local", "s3"];

/** Reads `servers` of a contract: without any, the data arrives in files. */
export function serversOf(root: Place): Servers {
  const servers = root.at("servers").items();
  const typed = (types: readonly string[]) => servers.filter((place) => types.includes(typeOf(place)));
  const [kafka, ...others] = typed(["kafka"]);
  for (const other of others) other.refuse("is a second Kafka server", "keep one");
  const [search, ...further] = typed([CUSTOM]);
  for (const other of further) other.refuse("is a second OpenSearch server", "keep one");
  for (const place of servers)
    if (!["kafka", CUSTOM, ...ofFiles].includes(typeOf(place)))
      place.at("type").refuse("is not a supported type of server", "use kafka, local, s3 or custom");
  const files = typed(ofFiles);
  return { kafka, search, files, hasFiles: kafka === undefined || files.length > 0 };
}

/** The formats of raw files by the names that the standard gives them. */
const formats: Readonly<Record<string, CompiledRaw["format"]>> = {
  csv: "csv",
  json: "jsonl",
  parquet: "parquet",
};

/** Notes servers of files whose format is not that of the contract's raw files. */
export function checkFileServers(files: readonly Place[], raw: CompiledRaw): void {
  for (const place of files) {
    const { format } = place.value as StandardServer;
    const standard = Object.keys(formats).find((name) => formats[name] === raw.format);
    if (format !== undefined && formats[format] !== raw.format)
      place.at("format").refuse(`is not the format of the raw files, ${raw.format}`, `use ${standard}`);
  }
}

function typeOf(server: Place): string {
  return (server.value as StandardServer).type;
}
