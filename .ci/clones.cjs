// Finds capabilities that repeat each other: runs of lines of the same shape, whatever the names, texts and numbers in
// them, between the files of two capabilities.
//   node .ci/clones.cjs           exits with 1 when two share more than the limit
"use strict";
const { execFileSync } = require("node:child_process");
const { existsSync, readFileSync } = require("node:fs");

/** Lines of the same shape that two capabilities may share, all their files together. */
const LIMIT = 12;

/** Shorter runs are how any two files of a kind begin and end. */
const RUN = 8;

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

/** The files that git knows, and those that are new and not ignored. */
function listFiles() {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], options)
      .split("\n")
      .filter((file) => file !== "" && existsSync(file));
  } catch {
    console.error("clones: git does not list the files here; install git, and run this in a clone");
    process.exit(1);
  }
}

const files = listFiles()
  .map((file) => ({ file, capability: capabilityOf(file) }))
  .filter(({ capability }) => capability !== undefined && capability !== "core" && capability !== "index")
  .map(({ file, capability }) => ({ capability, lines: linesOf(file) }));

/** The runs of two capabilities, the longest of each two files. */
function runsOf(one, other) {
  return one
    .flatMap((left) => other.map((right) => longestRun(left, right)))
    .filter(({ length }) => length >= RUN);
}

if (files.length < 2) throw new Error("no capabilities were found: run from the repository's root");
const names = [...new Set(files.map(({ capability }) => capability))];
const groups = names.map((name) => {
  const own = files.filter(({ capability }) => capability === name);
  return { name, lines: own.map(({ lines }) => lines) };
});
for (const [index, one] of groups.entries())
  for (const other of groups.slice(index + 1)) {
    const runs = runsOf(one.lines, other.lines).sort((a, b) => b.length - a.length);
    const shared = runs.reduce((sum, { length }) => sum + length, 0);
    if (shared <= LIMIT) continue;
    process.exitCode = 1;
    const places = runs.map(
      (run) => `${run.one.file}:${run.one.number} and ${run.other.file}:${run.other.number}`,
    );
    console.error(
      `${one.name} and ${other.name} share ${shared} lines of the same shape (${places.join("; ")}); ` +
        `move what they have in common into one place (at most ${LIMIT})`,
    );
  }
