import { Failure } from "../../base/failure";
import { BundleError } from "../../release/publish";

/** Waits for work on a release; what can be remedied becomes a failure that says how. */
export async function explained<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof BundleError) throw new Failure(error.message, error.remedy);
    throw error;
  }
}
