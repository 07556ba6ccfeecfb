import pc from "picocolors";
import { Failure } from "./failure";

/**
 * Prints a failure to stderr and returns the exit code it calls for. Errors that are nobody's mistake but ours
 * are printed with their stack.
 */
export function reportFailure(error: unknown): number {
  if (error instanceof Failure) {
    console.error(`${pc.red("✗")} ${error.message}`);
    if (error.remedy) console.error(`  → ${error.remedy}`);
    return error.exitCode;
  }
  if (error instanceof Error && process.env.PLATFORM_DEBUG === undefined && !isProgrammingError(error)) {
    console.error(`${pc.red("✗")} ${error.message}`);
    return 1;
  }
  console.error(error instanceof Error ? error.stack : error);
  return 1;
}

function isProgrammingError(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
}
