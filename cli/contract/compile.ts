import { join, resolve } from "node:path";
import { canonicalJson } from "../../base/canonical-json";
import { makeFolder, writeWhole } from "../../base/files";
import { compileContracts } from "../../contracts/compiler";
import { targetFiles } from "../../contracts/compiler/targets";
import { places, shown } from "../places";

/**
 * Writes what this checkout's contracts are compiled to: each dataset's compiled contract, and for a streamed one the
 * JSON Schema of its records and the settings of its topic.
 *
 * @param out folder that is made when it is missing; other files in it stay
 * @returns the files, as people read them
 * @throws ContractError with every problem of every contract
 */
export function writeTargets(out: string): string {
  const { datasets } = compileContracts(join(places.root, "contracts"), places.root);
  const folder = resolve(out);
  makeFolder(folder);
  const files = datasets.flatMap((dataset) => Object.entries(targetFiles(dataset)));
  for (const [name, document] of files) writeWhole(join(folder, name), canonicalJson(document as never));
  return [...files.map(([name]) => name), "", `written to ${shown(folder)}`].join("\n");
}
