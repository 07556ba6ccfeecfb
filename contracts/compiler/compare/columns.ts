import type { CompiledTableColumn } from "../compiled";
import type { Place } from "../place";
import { additive, breaking, type Change } from "./change";

/** A column that stayed, with the place where it is described now. */
export interface KeptColumn<Column> {
  readonly was: Column;
  readonly is: Column;
  readonly place: Place;
}

/** The columns that both contracts have. */
export function keptColumns<Column extends CompiledTableColumn>(
  before: readonly Column[],
  after: readonly Column[],
  dataset: Place,
): KeptColumn<Column>[] {
  return after.flatMap((is, index) => {
    const was = before.find(({ name }) => name === is.name);
    return was ? [{ was, is, place: dataset.at("properties", index) }] : [];
  });
}

/** How the columns of a table changed, from the view of those who read it. */
export function compareColumns(
  before: readonly CompiledTableColumn[],
  after: readonly CompiledTableColumn[],
  dataset: Place,
): Change[] {
  const has = (columns: readonly CompiledTableColumn[], name: string) =>
    columns.some((column) => column.name === name);
  const gone = before.filter(({ name }) => !has(after, name));
  const renamed = new Map<string, CompiledTableColumn>();
  for (const column of gone) {
    const successor = after[before.indexOf(column)];
    if (successor && successor.type === column.type && !has(before, successor.name))
      renamed.set(successor.name, column);
  }
  const removed = gone.filter((column) => ![...renamed.values()].includes(column));
  const place = dataset.at("properties");
  return [
    ...removed.map(({ name, type }) =>
      breaking(place, `no longer has the column ${name} (${type})`, `keep ${name}`),
    ),
    ...after.flatMap((column, index) => {
      if (has(before, column.name)) return [];
      return newColumn(column, renamed.get(column.name), place.at(index));
    }),
    ...keptColumns(before, after, dataset).flatMap(compareColumn),
  ];
}

function newColumn(
  { name, nullable }: CompiledTableColumn,
  was: CompiledTableColumn | undefined,
  place: Place,
): Change {
  if (was) return breaking(place.at("name"), `was ${was.name}, by which it is read`, `keep ${was.name}`);
  if (nullable) return additive(place, "is a new column", "leave it out");
  const message = "is a new column that is required, and rows stored before have no value";
  return breaking(place, message, `let ${name} be missing: required: false`);
}

/**
 * A type that changes is breaking in both directions: the files of earlier runs keep the old one, and Spark 3.5 does
 * not read 32-bit integers of Parquet as 64-bit ones.
 */
function compareColumn({ was, is, place }: KeptColumn<CompiledTableColumn>): Change[] {
  const changes: Change[] = [];
  if (was.type !== is.type) {
    const message = `${verb(was.type, is.type)} the type from ${was.type} to ${is.type}, and stored files keep the old one`;
    changes.push(breaking(place.at("physicalType"), message, `keep ${was.type.toUpperCase()}`));
  }
  if (was.nullable && !is.nullable)
    changes.push(breaking(place, "is required now, and could be missing before", "let it be missing"));
  if (!was.nullable && is.nullable)
    changes.push(breaking(place, "may be missing now, and readers count on a value", "keep required: true"));
  if (was.personal && !is.personal) {
    const message = "is no longer marked personal-data, by which it is kept out of reports";
    changes.push(breaking(place, message, "keep the tag"));
  }
  if (!was.personal && is.personal)
    changes.push(additive(place, "is marked personal-data now", "leave the tag out"));
  return changes;
}

const widths = ["smallint", "int", "bigint"];

function verb(was: string, is: string): string {
  const [from, to] = [size(was), size(is)];
  if (from === undefined || to === undefined || from.kind !== to.kind) return "changes";
  return to.whole < from.whole || to.scale < from.scale ? "narrows" : "widens";
}

function size(type: string): { kind: string; whole: number; scale: number } | undefined {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined)
    return { kind: "decimal", whole: Number(precision) - Number(scale), scale: Number(scale) };
  return widths.includes(type) ? { kind: "integer", whole: widths.indexOf(type), scale: 0 } : undefined;
}
