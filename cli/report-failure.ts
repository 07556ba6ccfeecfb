import pc from "picocolors";
import { describeAwsError } from "../base/aws-errors";
import { Failure } from "../base/failure";
import { fullDisk } from "../base/files";

const PROGRAMMING = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * Prints a failure to stderr and returns the exit code it calls for. What is our own mistake, and everything when
 * PLATFORM_DEBUG is set, is printed with its stack.
 */
export function reportFailure(error: unknown): number {
  const code = error instanceof Failure ? error.exitCode : 1;
  if (
    !(error instanceof Error) ||
    process.env.PLATFORM_DEBUG ||
    PROGRAMMING.some((kind) => error instanceof kind)
  ) {
    console.error(error);
    return code;
  }
  const described = error instanceof Failure ? undefined : (describeAwsError(error) ?? fullDisk(error));
  console.error(`${pc.red("✗")} ${described?.message ?? error.message}`);
  const remedy = described?.remedy ?? ("remedy" in error ? error.remedy : undefined);
  if (typeof remedy === "string") console.error(`  → ${remedy}`);
  return code;
}
