import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { canonicalJson } from "../../base/canonical-json";
import { Failure } from "../../base/failure";
import { makeFolder, writeWhole } from "../../base/files";
import { compileContracts } from "../../contracts/compiler";
import { ENDINGS, targetFiles } from "../../contracts/compiler/targets";
import { isFolder, places, shown } from "../places";

/** Folder of the compiled contracts of marts, below that of the datasets', as in a release. */
const MARTS = "marts";

/**
 * Writes what contracts are compiled to: each dataset's compiled contract, for a streamed one the JSON Schema of its
 * records and the settings of its topic, and for one that is searched the template of its indices; the marts'
 * compiled contracts in a folder below.
 *
 * @param path folder of contracts
 * @param out folder that is made when it is missing; files of contracts that are gone are removed, others stay
 * @returns the files, as people read them
 * @throws ContractError with every problem of every contract
 */
export function writeTargets(path: string, out: string): string {
  const contracts = path === "contracts" ? join(places.root, path) : resolve(path);
  if (!isFolder(contracts)) throw new Failure(`${path}: is not a folder`, "name a folder of contracts");
  const { datasets, marts } = compileContracts(contracts, places.root);
  const folder = resolve(out);
  const ofDatasets = datasets.flatMap((dataset) => Object.entries(targetFiles(dataset)));
  const ofMarts = marts.map((mart): [string, object] => [`${mart.name}.json`, mart]);
  writeFolder(folder, ofDatasets);
  writeFolder(join(folder, MARTS), ofMarts);
  const names = [...ofDatasets.map(([name]) => name), ...ofMarts.map(([name]) => join(MARTS, name))];
  return [...names, "", `written to ${shown(folder)}`].join("\n");
}

function writeFolder(folder: string, files: readonly (readonly [name: string, document: object])[]): void {
  makeFolder(folder);
  removeStale(folder, new Set(files.map(([name]) => name)));
  for (const [name, document] of files) writeWhole(join(folder, name), canonicalJson(document as never));
}

/** Removes what an earlier run wrote: an endpoint would go on taking events of a contract that is gone. */
function removeStale(folder: string, written: ReadonlySet<string>): void {
  const names = readdirSync(folder).filter((file) => isCompiled(folder, file));
  const earlier = names.flatMap((file) => ENDINGS.map((ending) => file.replace(/\.json$/, ending)));
  for (const file of earlier.filter((name) => !written.has(name)))
    rmSync(join(folder, file), { force: true });
}

/** Whether a file is a compiled contract, which has the name of its file. */
function isCompiled(folder: string, file: string): boolean {
  if (!/^[a-z][a-z0-9_]*\.json$/.test(file)) return false;
  try {
    const { name, schema_version } = JSON.parse(readFileSync(join(folder, file), "utf8")) ?? {};
    return `${name}.json` === file && schema_version !== undefined;
  } catch {
    return false;
  }
}
