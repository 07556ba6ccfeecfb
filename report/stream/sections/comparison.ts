import type { StreamComparison, StreamDifference } from "../../../contracts/stream-ledger";
import { type Html, html } from "../../../markup/html";
import { count, list, plural } from "../../format";
import { type Part, section } from "../../section";
import { table } from "../../table";
import type { StreamHistory } from "../history";

const DIFFERENCES = ["mismatched", "missing", "extra"] as const;

/** Whether stream and batch of a day are equal. */
export function isEqual({ datasets }: StreamComparison): boolean {
  return Object.values(datasets).every((parts) => Object.values(parts).every((found) => total(found) === 0));
}

function total(found: StreamDifference): number {
  return DIFFERENCES.reduce((sum, difference) => sum + found[difference], 0);
}

function verdict(found: StreamDifference): Html {
  return total(found) === 0
    ? html`<span class="pass">✓ equal</span>`
    : html`<span class="fail">✗ ${plural(total(found), "difference")}</span>`;
}

function examples({ datasets }: StreamComparison): readonly Html[] {
  return Object.entries(datasets).flatMap(([dataset, parts]) =>
    Object.entries(parts).flatMap(([part, found]) =>
      Object.entries(found.examples)
        .filter(([, keys]) => keys.length > 0)
        .map(([difference, keys]) => html`<p>${dataset}, ${part}, ${difference}: ${list(keys)}</p>`),
    ),
  );
}

/** Whether what the stream wrote equals what the batch makes of the same records. */
export function comparison({ comparisons }: StreamHistory): Part {
  const rows = comparisons.flatMap(({ day, datasets }) =>
    Object.entries(datasets).flatMap(([dataset, parts]) =>
      Object.entries(parts).map(([part, found]) => [
        day,
        dataset,
        part,
        ...DIFFERENCES.map((difference) => count(found[difference])),
        verdict(found),
      ]),
    ),
  );
  return section({
    id: "comparison",
    title: "Comparison with the batch",
    lead:
      rows.length === 0
        ? "No closed day has been compared with its batch yet."
        : "Every row and every quarantined record of a closed day, compared with what the batch makes of the same archive.",
    body:
      rows.length > 0 &&
      html`${table({
        caption: "Comparison with the batch",
        columns: [
          { title: "Day" },
          { title: "Dataset" },
          { title: "Compared" },
          ...["Mismatched", "Missing", "Extra"].map((title) => ({ title, numeric: true })),
          { title: "Result" },
        ],
        rows,
      })}${comparisons.map(examples)}`,
  });
}
