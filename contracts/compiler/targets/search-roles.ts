import type { CompiledContract } from "../compiled";
import { searchDocument } from "./search";

/** A role as OpenSearch's security plugin takes it. */
interface SearchRole {
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly {
    readonly index_patterns: readonly string[];
    readonly allowed_actions: readonly string[];
  }[];
}

/**
 * Actions on all indices of a dataset, existing and future ones.
 * Source: OpenSearch documentation, "Permissions"; tests let a server of 2.19.4 refuse what is missing here.
 */
const READ = ["indices:data/read/search"];
const WRITE = [
  ...READ,
  "indices:admin/aliases",
  "indices:admin/aliases/get",
  "indices:admin/create",
  "indices:admin/delete",
  "indices:admin/get",
  "indices:admin/mappings/get",
  "indices:admin/refresh*",
  "indices:data/write/bulk*",
  "indices:data/write/delete",
  "indices:data/write/index",
];

/** Requests whose indices are named in their bodies, or that have none. */
const READ_ANY = ["indices:data/read/msearch"];
const WRITE_ANY = [
  "cluster:monitor/health",
  "indices:admin/index_template/put",
  "indices:data/read/scroll",
  "indices:data/read/scroll/clear",
  "indices:data/write/bulk",
];

/**
 * Returns the roles of those who search a dataset and of what indexes it, by name: the bodies of
 * `PUT _plugins/_security/api/roles/<name>`. Undefined when the contract names no OpenSearch server.
 */
export function searchRoles(contract: CompiledContract): Readonly<Record<string, SearchRole>> | undefined {
  const document = searchDocument(contract);
  if (document === undefined) return undefined;
  const { name, alias } = document;
  // Those of other major versions, too: the alias moves from one to the next.
  const indices = `/${alias}_v[0-9]+-.*/`;
  const role = (anywhere: readonly string[], actions: readonly string[]): SearchRole => ({
    cluster_permissions: anywhere,
    index_permissions: [{ index_patterns: [alias, indices], allowed_actions: actions }],
  });
  return { [`search_${name}_read`]: role(READ_ANY, READ), [`search_${name}_write`]: role(WRITE_ANY, WRITE) };
}
