import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { ended, onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { writeTargets } from "../contract/compile";
import { places, shown } from "../places";

/**
 * @param why what its packages are needed for
 * @throws Failure when nothing is installed
 */
export function requireExplore(why: string): void {
  if (!existsSync(places.explorePython))
    throw new Failure(`${shown(places.explorePython)} is not there: ${why}`, "run `make install-explore`");
}

/**
 * Runs a module of services/explore on the compiled contracts; it prints what it finds.
 *
 * @param module `query`, or `query.search` for products
 * @param input what it reads from standard input
 * @returns the exit code
 */
export async function askExplore(
  module: "query" | "query.search",
  args: readonly string[],
  input = "",
): Promise<number> {
  const contracts = join(places.explore, "contracts");
  writeTargets("contracts", contracts);
  const child = spawn(places.explorePython, ["-m", `explore.${module}`, "--contracts", contracts, ...args], {
    stdio: ["pipe", "inherit", "inherit"],
    env: {
      ...process.env,
      PYTHONPATH: join(places.root, "services", "explore"),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  // The terminal signals both processes; what is sent to this one alone is passed on. An interrupted query is cancelled.
  const release = onSignals(() => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  // A process that ended before it has read everything says why itself.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  try {
    return (await ended(child)) ?? exitCodes.interrupted;
  } finally {
    release();
  }
}
