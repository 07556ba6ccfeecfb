// Finds capabilities that repeat each other: runs of lines of the same shape, whatever the names, texts and numbers in
// them, between the files of two capabilities.
//   node .ci/clones.cjs           exits with 1 when a run is longer than the limit
"use strict";
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");

/** Lines of the same shape that two capabilities may share. */
const LIMIT = 12;

/** Where capabilities live: a folder each, or a file each. */
const PLACES = [
  /^(?:stacks|modules|policies)\/([^/]+)\//,
  /^(?:config\/sections|policies|dags\/platform_dag\/engines)\/([^/.]+)\.(?:ts|py)$/,
];

/** Words that make the shape of a line. */
const KEYWORDS =
  /^(?:as|async|await|class|const|def|else|export|extends|for|from|function|if|import|in|interface|new|not|of|or|and|private|readonly|return|self|static|super|this|throw|type|yield)$/;

/** The shape of a line: its keywords and punctuation, or nothing for a line that says too little to be compared. */
function shapeOf(line) {
  const shape = line
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "§")
    .replace(/\/\/.*$|(?<=\s|^)#.*$/, "")
    .replace(/[A-Za-z_$][\w$]*/g, (word) => (KEYWORDS.test(word) ? word : "x"))
    .replace(/\d[\d_.]*/g, "0")
    .replace(/\s+/g, " ")
    .trim();
  return /^(?:import|from|export \{|\*|\/\*)|^[\W_]*$/.test(shape) ? "" : shape;
}

/** The lines of a file that count, with their numbers. */
function linesOf(file) {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line, index) => ({ file, number: index + 1, shape: shapeOf(line) }))
    .filter(({ shape }) => shape !== "");
}

function capabilityOf(file) {
  for (const place of PLACES) {
    const name = place.exec(file)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The longest run of equal shapes in two files. */
function longestRun(one, other) {
  let best = { length: 0 };
  let above = [];
  for (const [row, line] of one.entries()) {
    const lengths = other.map((candidate, column) =>
      candidate.shape === line.shape ? (above[column - 1] ?? 0) + 1 : 0,
    );
    for (const [column, length] of lengths.entries())
      if (length > best.length)
        best = { length, one: one[row - length + 1], other: other[column - length + 1] };
    above = lengths;
  }
  return best;
}

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .map((file) => ({ file, capability: capabilityOf(file) }))
  .filter(({ capability }) => capability !== undefined && capability !== "core" && capability !== "index")
  .map(({ file, capability }) => ({ capability, lines: linesOf(file) }));

const clones = files.flatMap((one, index) =>
  files.slice(index + 1).flatMap((other) => {
    if (one.capability === other.capability) return [];
    const run = longestRun(one.lines, other.lines);
    return run.length > LIMIT ? [run] : [];
  }),
);
for (const { length, one, other } of clones.sort((a, b) => b.length - a.length))
  console.error(
    `${one.file}:${one.number} and ${other.file}:${other.number} share ${length} lines of the same shape; ` +
      `move what they have in common into one place (at most ${LIMIT})`,
  );
if (files.length < 2) throw new Error("no capabilities were found: run from the repository's root");
process.exitCode = clones.length > 0 ? 1 : 0;
