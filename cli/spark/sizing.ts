import { availableParallelism, totalmem } from "node:os";
import { Failure } from "../../base/failure";
import { runPackage } from "./package-python";

/**
 * Derives Spark's settings from this machine and from what a job reads, by the rule that clusters are sized by
 * (packages/platform_sizing, docs/sizing.md).
 *
 * @param python any Python from 3.9 on that has the package
 * @param reads files and folders; those that are not there count as nothing
 * @param lasting whether the job goes on after it has read them, as a stream does
 */
export async function sizeSpark(
  python: string,
  reads: readonly string[],
  lasting = false,
): Promise<Record<string, string>> {
  const machine = [
    ...["--cores", String(availableParallelism())],
    ...["--memory-mib", String(Math.floor(totalmem() / 2 ** 20))],
    ...(lasting ? ["--lasting"] : []),
  ];
  try {
    return JSON.parse(await runPackage(python, ["platform_sizing", "local", ...machine, "--", ...reads]));
  } catch (error) {
    throw new Failure(
      `Spark cannot be sized for this machine: ${error}`,
      "run `make install` again, or install packages/platform_sizing into PLATFORM_SPARK_PYTHON",
    );
  }
}
