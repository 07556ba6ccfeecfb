import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { attributeReplaces } from "../../../review/replacement";
import { type Binding, readBinding } from "./bindings";
import { type Block, deriveBlock } from "./derive";
import { applyExceptions, type Exception, exceptions } from "./exceptions";

/** Schema of a resource or a data source. */
export interface TypeSchema {
  readonly block: Block;
  /** Dotted paths whose change replaces the resource. */
  readonly replaces: readonly string[];
}

/** What the stand-in serves for one provider: its file `schema.json`. */
export interface ProviderSchema {
  /** `registry.terraform.io/hashicorp/aws` */
  readonly address: string;
  /** Version of the provider that the bindings were generated from. */
  readonly version: string;
  readonly provider: Block;
  readonly resources: Readonly<Record<string, TypeSchema>>;
  readonly data_sources: Readonly<Record<string, TypeSchema>>;
}

/**
 * Derives the schema of a provider from an installed package of bindings.
 * @param name of the package, `@cdktf/provider-aws`
 * @param wanted bindings; by default all of the package
 * @param table of what the provider does otherwise than its bindings say
 * @throws Error if a line of the table is stale
 */
export function deriveProvider(
  name: string,
  wanted?: Iterable<string>,
  table: readonly Exception[] = exceptions[name] ?? [],
): ProviderSchema {
  const lib = join(dirname(require.resolve(`${name}/package.json`)), "lib");
  const names = wanted ?? readdirSync(lib).filter((entry) => existsSync(join(lib, entry, "index.js")));
  const bindings = [...new Set([...names, "provider"])].sort().map((entry) => readBinding(join(lib, entry)));
  const blocks = new Map(bindings.map((binding) => [binding, deriveBlock(binding)]));
  applyExceptions(new Map([...blocks].map(([binding, block]) => [keyOf(binding), block])), table);
  const types = (kind: Binding["kind"]): Record<string, TypeSchema> =>
    Object.fromEntries(
      [...blocks]
        .filter(([binding]) => binding.kind === kind)
        .map(([{ type }, block]) => [
          type,
          { block, replaces: kind === "resource" ? replacing(type, block) : [] },
        ]),
    );
  const [provider, block] = [...blocks].find(([{ kind }]) => kind === "provider") ?? [];
  if (!provider || !block) throw new Error(`${name} has no provider`);
  const source = provider.source ?? provider.type;
  return {
    address: `registry.terraform.io/${source.includes("/") ? source : `hashicorp/${source}`}`,
    version: provider.version,
    provider: block,
    resources: types("resource"),
    data_sources: types("data source"),
  };
}

/** How the table names what a binding is for. */
function keyOf({ kind, type }: Binding): string {
  return kind === "data source" ? `data.${type}` : type;
}

/** The paths whose change replaces a resource, as the review of a plan knows them. */
function replacing(type: string, block: Block, prefix = ""): string[] {
  return [...Object.entries(block.attributes), ...Object.entries(block.block_types)].flatMap(
    ([name, member]) => {
      const path = `${prefix}${name}`;
      if (attributeReplaces(type, path, undefined, undefined) === "yes") return [path];
      return "block" in member ? replacing(type, member.block, `${path}.`) : [];
    },
  );
}
