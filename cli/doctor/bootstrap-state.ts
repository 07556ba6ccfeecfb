import type { EnvironmentConfig } from "../../config";
import { accountStateKey } from "../../stacks/bootstrap/accounts";
import { readStoredState } from "../stored-state";
import { managedTypes } from "../terraform/state";

/**
 * Types of what `bootstrap` has created in the account, from its state; none before the first bootstrap, and undefined
 * where the state may not be read.
 */
export async function bootstrappedTypes(config: EnvironmentConfig): Promise<ReadonlySet<string> | undefined> {
  try {
    return managedTypes(await readStoredState(config, accountStateKey(config)));
  } catch {
    return undefined;
  }
}
