import type { CompiledContract } from "../compiled";
import type { Compiled } from "../references";
import { breaking, type Change } from "./change";

/**
 * How the way changed in which rows are searched. Languages and synonyms change nothing for those who search: the next
 * index has them, behind the same alias.
 */
export function compareSearch({ search: was }: CompiledContract, { root, contract }: Compiled): Change[] {
  const { search: is } = contract;
  if (was === null) return [];
  const servers = root.at("servers");
  if (is === null) {
    const message = `no longer name the alias ${was.alias}, and applications search by it`;
    return [breaking(servers, message, "keep the OpenSearch server")];
  }
  if (was.alias === is.alias) return [];
  const message = `change the alias, which applications search by, from ${was.alias} to ${is.alias}`;
  return [breaking(servers, message, `keep ${was.alias}`)];
}
