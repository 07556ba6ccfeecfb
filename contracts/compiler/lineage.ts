import { suggest } from "../../base/closest";
import type { CompiledContract, CompiledMart, CompiledMartColumn } from "./compiled";
import type { Place } from "./place";
import type { Compiled } from "./references";

/**
 * Notes what a mart says that it is made of and is not there, and columns that hide what they are made of.
 *
 * @param broken datasets whose contract has problems of its own: what is made of them is judged when it is right
 */
export function checkLineage(
  marts: readonly Compiled<CompiledMart>[],
  datasets: readonly CompiledContract[],
  broken: ReadonlySet<string>,
): void {
  const known = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  for (const { root, contract } of marts)
    contract.columns.forEach((column, index) => {
      const place = root.at("schema", 0, "properties", index, "transformSourceObjects");
      column.sources.forEach((source, number) => {
        const [dataset = ""] = source.split(".");
        if (broken.has(dataset)) return;
        checkSource(place.at(number), source, column, known);
        checkRefresh(place.at(number), contract, known.get(dataset));
      });
    });
}

/** Notes a source whose rows do not arrive where the mart is recomputed. */
function checkRefresh(place: Place, mart: CompiledMart, source: CompiledContract | undefined): void {
  if (mart.refresh === "batch" && source?.has_files === false)
    place.refuse(
      `is made of ${source.name}, which arrives as a stream alone`,
      `add the custom property refresh: stream to ${mart.name}`,
    );
  if (mart.refresh === "stream" && source?.stream === null)
    place.refuse(
      `is made of ${source.name}, which is not streamed`,
      `remove refresh: stream, or name a Kafka server in ${source.name}`,
    );
}

function checkSource(
  place: Place,
  source: string,
  made: CompiledMartColumn,
  known: ReadonlyMap<string, CompiledContract>,
): void {
  const [name = "", columnName] = source.split(".");
  const dataset = known.get(name);
  if (!dataset) {
    place.refuse("is made of a dataset without a contract", suggest(name, [...known.keys()]));
    return;
  }
  if (columnName === undefined) return;
  const column = dataset.columns.find((one) => one.name === columnName);
  if (!column) {
    const names = dataset.columns.map((one) => one.name);
    place.refuse(`is made of a column that ${name} does not have`, suggest(columnName, names));
  } else if (column.personal && !made.personal) {
    place.refuse(
      "is personal, and what is made of it is not",
      `tag ${made.name} with personal-data, or leave it out`,
    );
  }
}
