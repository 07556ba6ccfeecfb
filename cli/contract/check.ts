import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../../base/failure";
import { type Comparison, checkContracts } from "../../contracts/compiler/compare";
import { isFolder, places, shown } from "../places";
import { scratchCopy } from "../scratch";
import { table } from "../table";
import { type Base, findBase } from "./base";

/**
 * Checks the contracts of this checkout, or others.
 *
 * @param named what `--base` says
 * @param path a contract, or a folder of them, instead of this checkout's; they are compared with a base only when one
 * is named
 * @returns what became of each contract, as people read it
 * @throws ContractError with everything that is wrong
 */
export function checkPlatformContracts(named: string | undefined, path?: string): string {
  if (path !== undefined) return checkOthers(resolve(path), named);
  const base = findBase(named);
  try {
    const current = { directory: join(places.root, "contracts"), root: places.root };
    return describe(checkContracts(current, base), base);
  } finally {
    if (base?.isCopy) rmSync(base.root, { recursive: true, force: true });
  }
}

function checkOthers(path: string, named: string | undefined): string {
  if (!existsSync(path))
    throw new Failure(
      `${shown(path)}: there is no such file or folder`,
      "./platform contract infer writes one",
    );
  const base = named === undefined ? undefined : findBase(named);
  const copy = isFolder(path) ? undefined : scratchCopy("contracts", [path]);
  try {
    const [directory, root] = copy === undefined ? [path, places.root] : [copy, copy];
    return describe(checkContracts({ directory, root }, base), base, "name what is in use with --base");
  } finally {
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
    if (base?.isCopy) rmSync(base.root, { recursive: true, force: true });
  }
}

function describe(
  comparisons: readonly Comparison[],
  base: Base | undefined,
  remedy = "fetch main, or name what is in use with --base",
): string {
  if (base === undefined) {
    const rows = comparisons.map(({ name, after }) => [name, after]);
    return `${table(["contract", "version"], rows)}\n\nconform to the standard; compared with nothing: ${remedy}`;
  }
  const rows = comparisons.map(({ name, before, after, breaking, additive }) => {
    const changes = [`${breaking} breaking`, `${additive} additive`].filter((text) => !text.startsWith("0"));
    return [name, before ?? "–", after, before === undefined ? "new" : changes.join(", ")];
  });
  return `${table(["contract", "was", "is", "changes"], rows)}\n\ncompared with ${base.name}`;
}
