import type { CompiledColumn, CompiledContract, CompiledRaw } from "./compiled";
import { customProperties, failureThreshold } from "./custom-properties";
import { freshness, partitionBy, primaryKey, versionColumn, volume } from "./dataset";
import { datasetOf, headOf } from "./head";
import type { Place } from "./place";
import { derived, missingValues, rawFiles } from "./raw-files";
import { columnRules } from "./rules";
import { compileSearch, SEARCH_LANGUAGE } from "./search";
import { checkFileServers, serversOf } from "./servers";
import type { StandardColumn } from "./standard";
import { compileStream } from "./stream";
import { checkNames, columnDescription, isPersonal } from "./table-columns";
import { columnFormat, columnType } from "./types";

/** Compiles a contract that conforms to the standard; what the platform cannot honour is noted in the file. */
export function compileContract(root: Place): CompiledContract | undefined {
  const head = headOf(root);
  const dataset = datasetOf(root, head.name);
  if (dataset === undefined) return undefined;
  const custom = customProperties(dataset, ["versionColumn", "partitionBy", "failureThreshold", "rawFiles"]);
  const key = primaryKey(dataset);
  const version_column = versionColumn(dataset, custom.get("versionColumn"));
  const threshold = failureThreshold(custom.get("failureThreshold")) ?? 0;
  const servers = serversOf(root);
  const raw = rawFiles(custom.get("rawFiles"), servers.hasFiles);
  checkFileServers(servers.files, raw);
  const compiled = columns(dataset, raw, key, threshold);
  return {
    ...head,
    raw,
    columns: compiled,
    key,
    version_column,
    partition_by: partitionBy(dataset, custom.get("partitionBy")),
    freshness: freshness(root, head.name, version_column),
    volume: volume(dataset),
    stream: compileStream(servers, { name: head.name, dataset, columns: compiled }),
    search: compileSearch(servers.search, { name: head.name, dataset, columns: compiled, key }),
    has_files: servers.hasFiles,
  };
}

/** Custom properties that a column may have. */
const ofColumn = [
  "failureThreshold",
  "missingValues",
  "derivedFrom",
  "numberFormat",
  SEARCH_LANGUAGE,
] as const;

function columns(
  dataset: Place,
  raw: CompiledRaw,
  key: readonly string[],
  threshold: number,
): CompiledColumn[] {
  const places = dataset.at("properties").items();
  checkNames(places);
  return places.map((place) => {
    const { name, physicalName = name, required = false } = place.value as StandardColumn;
    const type = columnType(place);
    const custom = customProperties(place, ofColumn);
    return {
      name,
      physical_name: physicalName,
      type,
      nullable: !required,
      format: columnFormat(place, custom.get("numberFormat"), raw),
      missing_values: missingValues(custom.get("missingValues")),
      derived: derived(place, custom.get("derivedFrom"), key),
      personal: isPersonal(place),
      description: columnDescription(place),
      rules: columnRules(place, {
        type,
        leadsKey: name === key[0],
        threshold: failureThreshold(custom.get("failureThreshold")) ?? threshold,
      }),
    };
  });
}
