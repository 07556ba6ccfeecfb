// evidence.json → contracts as YAML → the same compiled, as `platform run --data` does it.
"use strict";
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const { buildSync } = require(join(root, "node_modules", "esbuild"));
const [evidence, folder, target] = process.argv.slice(2);

/** A module of the bundle, as it is now. */
function load(entry) {
  const outfile = join(folder, "..", `${entry.replaceAll("/", "-")}.cjs`);
  const build = { entryPoints: [join(root, entry, "index.ts")], bundle: true, platform: "node", outfile };
  buildSync(build);
  return require(outfile);
}

mkdirSync(folder, { recursive: true });
const { proposeContract } = load("contracts/compiler/propose");
for (const dataset of JSON.parse(readFileSync(evidence, "utf8")).datasets)
  writeFileSync(join(folder, `${dataset.name}.odcs.yaml`), proposeContract(dataset));
writeFileSync(target, JSON.stringify(load("contracts/compiler").compileContracts(folder, folder).datasets));
