import Table from "cli-table3";
import pc from "picocolors";

/** A cell: text, or a number, which is set right with thousands separated. */
export type Cell = string | number;

const rule = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
} as const;
const sides = {
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  right: "",
  "right-mid": "",
} as const;

/** Lays rows out under a head, without borders, so that the table can be read, copied and searched alike. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const numeric = head.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const laid = new Table({
    head: head.map((title) => pc.bold(title)),
    colAligns: numeric.map((right) => (right ? "right" : "left")),
    chars: { ...rule, ...sides, mid: "", "mid-mid": "", middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  laid.push(
    ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell))),
  );
  return laid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
