import type { Dataset, Mart, RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { count, plural } from "../format";
import { type Part, section } from "../section";
import { table } from "../table";

/** A mart that says what it is made of. */
type Traced = Mart & Required<Pick<Mart, "sources">>;

/** A source as the curated table has it, and as the raw files call it where they call it something else. */
function sourceOf(source: string, datasets: readonly Dataset[]): Html {
  const [name, column] = source.split(".");
  if (column === undefined) return html`rows of <code>${source}</code>`;
  const raw = datasets.find((dataset) => dataset.name === name)?.renamed?.[column];
  return html`<code>${source}</code>${raw !== undefined && html` (<code>${raw}</code> in the files)`}`;
}

function sourcesOf(sources: readonly string[], datasets: readonly Dataset[]): Html {
  if (sources.length === 0) return html`not said`;
  return html`${sources.map((source, index) => html`${index > 0 && ", "}${sourceOf(source, datasets)}`)}`;
}

function martOf({ name, sources }: Traced, datasets: readonly Dataset[]): Html {
  const columns = Object.entries(sources);
  return html`<details><summary>${name}: ${plural(columns.length, "column")}</summary>${table({
    caption: `Lineage of ${name}`,
    columns: [{ title: "Column", code: true }, { title: "Made of" }],
    rows: columns.map(([column, of]) => [column, sourcesOf(of, datasets)]),
  })}</details>`;
}

/** The datasets and what is made of them, each row from its files to the marts. */
function ways({ datasets, tables }: RunResults, marts: readonly Traced[]): Html {
  const uses = (mart: Traced, name: string) =>
    Object.values(mart.sources)
      .flat()
      .some((source) => source.split(".")[0] === name);
  return table({
    caption: "From files to marts",
    columns: [
      { title: "Dataset" },
      { title: "Files read", numeric: true },
      { title: "Curated table", code: true },
      { title: "Marts made of it" },
    ],
    rows: datasets.map(({ name, files }) => [
      name,
      count(files.read),
      tables.find((stored) => stored.name === name)?.location ?? "–",
      marts
        .filter((mart) => uses(mart, name))
        .map((mart) => mart.name)
        .join(", ") || "–",
    ]),
  });
}

/** Where each column of a mart comes from, back to the raw files; nothing where no mart says so. */
export function lineage(results: RunResults): readonly Part[] {
  const { marts, datasets } = results;
  const traced = marts.flatMap((mart) =>
    mart.sources === undefined ? [] : [{ ...mart, sources: mart.sources }],
  );
  if (traced.length === 0) return [];
  const part = section({
    id: "lineage",
    title: "Lineage",
    lead: "From the files to each column of a mart, by the contracts. What decides which rows are in a mart is not among what its columns are made of.",
    body: html`${ways(results, traced)}${traced.map((mart) => martOf(mart, datasets))}`,
  });
  return [part];
}
