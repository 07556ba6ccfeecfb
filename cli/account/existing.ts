import type { EnvironmentConfig } from "../../config";
import type { AccountConfigs, OncePerAccount } from "../../stacks/bootstrap/accounts";
import { ok, type Verdict, verdict } from "./verdict";

/** An account as its configuration and the state of its bootstrap stack describe it. */
export interface Account {
  readonly config: EnvironmentConfig;
  readonly configs: AccountConfigs;
  /** What the bootstrap stack creates. */
  readonly created: ReadonlySet<OncePerAccount>;
  /** Types of the resources in the bootstrap stack's state; undefined where the state cannot be read. */
  readonly owned: ReadonlySet<string> | undefined;
}

/** Something that was found or not, and the settings that say whether the stack creates it. */
export interface Found {
  readonly type: OncePerAccount;
  readonly name: string;
  readonly exists: boolean;
  /** The setting for an account that has it already. */
  readonly keep: string;
  /** The setting by which bootstrap creates it. */
  readonly make: string;
}

/** Compares what exists with what the stack creates and with what it has created. */
export function compareExisting({ created, owned }: Account, found: Found): Verdict {
  const { type, name, keep, make } = found;
  const [creates, isOwn] = [created.has(type), owned?.has(type)];
  if (!found.exists) {
    if (!creates) return verdict("missing", `${name} does not exist`, `write ${make}, then bootstrap`);
    if (isOwn) return verdict("missing", `${name} was created and is gone`, "bootstrap creates it again");
    return ok(`${name} does not exist yet; bootstrap creates it`);
  }
  if (!creates || isOwn) return ok(name);
  if (owned !== undefined)
    return verdict("wrong", `${name} exists already, and bootstrap would create it`, `write ${keep}`);
  const detail = `${name} exists; the state that says whether bootstrap created it cannot be read`;
  return verdict("unknown", detail, `if bootstrap did not create it, write ${keep}`);
}
