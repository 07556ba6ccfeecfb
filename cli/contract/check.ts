import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Comparison, checkContracts } from "../../bundle/contracts/compare";
import { places } from "../places";
import { table } from "../table";
import { type Base, findBase } from "./base";

/**
 * Checks the contracts of this checkout.
 *
 * @param named what `--base` says
 * @returns what became of each contract, as people read it
 * @throws ContractError with everything that is wrong
 */
export function checkPlatformContracts(named: string | undefined): string {
  const base = findBase(named);
  try {
    const current = { directory: join(places.root, "etl", "contracts"), root: places.root };
    return describe(checkContracts(current, base), base);
  } finally {
    if (base?.isCopy) rmSync(base.root, { recursive: true, force: true });
  }
}

function describe(comparisons: readonly Comparison[], base: Base | undefined): string {
  if (base === undefined) {
    const rows = comparisons.map(({ name, after }) => [name, after]);
    const remedy = "fetch main, or name what is in use with --base";
    return `${table(["contract", "version"], rows)}\n\nconform to the standard; compared with nothing: ${remedy}`;
  }
  const rows = comparisons.map(({ name, before, after, breaking, additive }) => {
    const changes = [`${breaking} breaking`, `${additive} additive`].filter((text) => !text.startsWith("0"));
    return [name, before ?? "–", after, before === undefined ? "new" : changes.join(", ")];
  });
  return `${table(["contract", "was", "is", "changes"], rows)}\n\ncompared with ${base.name}`;
}
