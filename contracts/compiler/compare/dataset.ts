import type { CompiledContract, CompiledMart, CompiledTableColumn } from "../compiled";
import type { Compiled } from "../references";
import { compareBounds } from "./bounds";
import { additive, breaking, type Change, same } from "./change";
import { compareColumns, keptColumns } from "./columns";
import { compareRules } from "./rules";
import { compareSearch } from "./search";
import { compareArrival } from "./stream";

/** What marts and datasets have in common: columns for readers, and what names a row. */
interface Table extends Pick<CompiledMart, "key"> {
  readonly columns: readonly CompiledTableColumn[];
}

/** How the contract of a mart changed. */
export function compareMart(before: CompiledMart, after: Compiled<CompiledMart>): Change[] {
  const dataset = after.root.at("schema", 0);
  return [
    ...compareTable(before, after),
    ...compareText(before.refresh, after.contract.refresh, dataset, "what recomputes it"),
  ];
}

/** How a table changed, from the view of those who read it. */
function compareTable(before: Table, { root, contract }: Compiled<Table>): Change[] {
  const dataset = root.at("schema", 0);
  return [
    ...compareColumns(before.columns, contract.columns, dataset),
    ...compareKey(before, contract, dataset),
  ];
}

/** How the contract of a dataset changed, from the view of those who deliver it and of those who read it. */
export function compareDataset(before: CompiledContract, after: Compiled): Change[] {
  const { root, contract } = after;
  const dataset = root.at("schema", 0);
  return [
    ...compareTable(before, after),
    ...keptColumns(before.columns, contract.columns, dataset).flatMap(({ was, is, place }) => [
      ...compareText(
        was.physical_name,
        is.physical_name,
        place.at("physicalName"),
        "its name in the raw files",
      ),
      ...compareText(
        was.missing_values.join(", ") || null,
        is.missing_values.join(", ") || null,
        place.at("customProperties"),
        "the texts that say that a value is missing",
      ),
      ...compareText(was.format, is.format, place.at("logicalTypeOptions"), "its form in the raw files"),
      ...compareRules(was.rules, is.rules, place),
    ]),
    ...compareFiles(before, contract, dataset),
    ...compareText(
      before.version_column,
      contract.version_column,
      dataset,
      "the column that orders versions",
    ),
    ...compareText(
      partition(before),
      partition(contract),
      dataset,
      "the partitions, which stored folders are named by,",
    ),
    ...compareFreshness(before, after),
    ...compareVolume(before, after),
    ...compareArrival(before, after),
    ...compareSearch(before, after),
  ];
}

type Dataset = ReturnType<Compiled["root"]["at"]>;

function compareKey(before: Table, after: Table, dataset: Dataset): Change[] {
  return compareText(
    before.key.join(", "),
    after.key.join(", "),
    dataset,
    "the key, by which rows are told apart,",
  );
}

function compareText(was: string | null, is: string | null, place: Dataset, what: string): Change[] {
  if (was === is) return [];
  return [
    breaking(place, `changes ${what} from ${was ?? "none"} to ${is ?? "none"}`, `keep ${was ?? "none"}`),
  ];
}

/** Records of Kafka are JSON objects, whose fields have no order. */
function compareFiles(before: CompiledContract, after: CompiledContract, dataset: Dataset): Change[] {
  if (!before.has_files || !after.has_files) return [];
  const what = "how raw files are written";
  return [
    ...compareText(rawText(before.raw), rawText(after.raw), dataset.at("customProperties"), what),
    ...compareOrder(before, after, dataset),
  ];
}

/** The header of a raw file is compared as a whole. */
function compareOrder(before: CompiledContract, after: CompiledContract, dataset: Dataset): Change[] {
  const names = ({ columns }: CompiledContract, other: CompiledContract) =>
    columns.map(({ name }) => name).filter((name) => other.columns.some((column) => column.name === name));
  const [was, is] = [names(before, after), names(after, before)];
  if (same(was, is)) return [];
  const message = `changes the order of columns in the raw files to ${is.join(", ")}`;
  return [breaking(dataset.at("properties"), message, `keep ${was.join(", ")}`)];
}

function rawText(raw: CompiledContract["raw"]): string {
  return Object.values(raw).map(String).join(" ");
}

function partition({ partition_by }: CompiledContract): string | null {
  return partition_by && `${partition_by.transform} of ${partition_by.column}`;
}

function compareFreshness(before: CompiledContract, { root, contract }: Compiled): Change[] {
  const place = root.at("slaProperties");
  const [was, is] = [before.freshness?.max_age_seconds, contract.freshness?.max_age_seconds];
  if (was === is) return [];
  const from = was === undefined ? "any" : `${was} s`;
  const to = is === undefined ? "any" : `${is} s`;
  const message = `changes the age that the newest row may have from ${from} to ${to}`;
  const tighter = is !== undefined && (was === undefined || is < was);
  return [(tighter ? breaking : additive)(place, message, `keep ${from}`)];
}

function compareVolume(before: CompiledContract, { root, contract }: Compiled): Change[] {
  const place = root.at("schema", 0, "quality");
  const [was, is] = [before, contract].map(({ volume }) => ({
    minimum: volume?.minimum ?? null,
    maximum: volume?.maximum ?? null,
  })) as [Interval, Interval];
  const { narrower, wider } = compareBounds({ ...was }, { ...is });
  if (!narrower && !wider) return [];
  const message = `changes the rows that a batch may have from ${written(was)} to ${written(is)}`;
  return [(narrower ? breaking : additive)(place, message, `keep ${written(was)}`)];
}

interface Interval {
  readonly minimum: number | null;
  readonly maximum: number | null;
}

function written({ minimum, maximum }: Interval): string {
  return `[${minimum ?? "any"}, ${maximum ?? "any"}]`;
}
