import { partitionOf } from "./catalogue/regions";
import type { Path, Report } from "./problems";

/** Reports an ARN that is in another partition than the environment's region. */
export function reportOtherPartition(
  arn: string,
  region: string | undefined,
  path: Path,
  report: Report,
): void {
  const [, partition] = /^arn:([^:]+):/.exec(arn) ?? [];
  if (partition === undefined || region === undefined || partition === partitionOf(region)) return;
  const message = `is in partition ${partition}, but region "${region}" is in ${partitionOf(region)}`;
  report(path, message, `use an ARN that begins with arn:${partitionOf(region)}:`);
}
