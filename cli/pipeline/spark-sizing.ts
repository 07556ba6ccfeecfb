import { availableParallelism, totalmem } from "node:os";
import { Failure } from "../../base/failure";
import { runDagsModule } from "./dags-python";

/**
 * Derives Spark's settings from this machine and from what a job reads, by the rule that clusters are sized by
 * (dags/platform_sizing, docs/sizing.md).
 *
 * @param python any Python from 3.9 on
 * @param reads files and folders; those that are not there count as nothing
 */
export async function sizeSpark(python: string, reads: readonly string[]): Promise<Record<string, string>> {
  const machine = [
    ...["--cores", String(availableParallelism())],
    ...["--memory-mib", String(Math.floor(totalmem() / 2 ** 20))],
  ];
  try {
    return JSON.parse(await runDagsModule(python, ["platform_sizing", "local", ...machine, "--", ...reads]));
  } catch (error) {
    throw new Failure(`Spark cannot be sized for this machine: ${error}`, "run `make install` again");
  }
}
