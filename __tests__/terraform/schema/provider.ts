import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { attributeReplaces } from "../../../review/replacement";
import { readBinding } from "./bindings";
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
 */
export function deriveProvider(
  name: string,
  wanted?: Iterable<string>,
  table: readonly Exception[] = exceptions,
): ProviderSchema {
  const lib = join(dirname(require.resolve(`${name}/package.json`)), "lib");
  const names = wanted ?? readdirSync(lib).filter((entry) => existsSync(join(lib, entry, "index.js")));
  const resources: Record<string, TypeSchema> = {};
  const dataSources: Record<string, TypeSchema> = {};
  for (const directory of [...new Set(names)].filter((entry) => entry !== "provider").sort()) {
    const binding = readBinding(join(lib, directory));
    const block = deriveBlock(binding);
    applyExceptions(binding.kind === "resource" ? binding.type : `data.${binding.type}`, block, table);
    if (binding.kind === "resource")
      resources[binding.type] = { block, replaces: replacing(binding.type, block) };
    else dataSources[binding.type] = { block, replaces: [] };
  }
  const binding = readBinding(join(lib, "provider"));
  const provider = deriveBlock(binding);
  applyExceptions(binding.type, provider, table);
  const source = binding.source ?? binding.type;
  return {
    address: `registry.terraform.io/${source.includes("/") ? source : `hashicorp/${source}`}`,
    version: binding.version,
    provider,
    resources,
    data_sources: dataSources,
  };
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
