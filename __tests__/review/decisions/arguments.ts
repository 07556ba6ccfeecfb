import { type Table, UNDECIDED } from "../../../review/decisions";
import aws from "../../../review/decisions/aws.json";
import terraform from "../../../review/decisions/terraform.json";
import type { Block } from "../../terraform/schema/derive";
import { importedBindings } from "../../terraform/schema/imports";
import { deriveProvider } from "../../terraform/schema/provider";

const provider = "@cdktf/provider-aws";

/** Decisions as they are committed, by type. */
export const committed: Readonly<Record<string, Table>> = aws;

/** Arguments that `terraform.json` decides for every type of a kind. */
const shared = {
  resource: Object.keys(terraform.resource),
  data: Object.keys(terraform.data),
  provider: Object.keys(terraform.provider),
};

/**
 * The arguments that a configuration can set, by type: of every binding that the platform imports, and of every other
 * type that has decisions. They come from the schema of the locked provider.
 *
 * @param root of the repository
 */
export function settableArguments(root: string): ReadonlyMap<string, readonly string[]> {
  const imported = importedBindings(root).get(provider) ?? [];
  const others = Object.keys(committed).filter((type) => !type.startsWith("provider."));
  const schema = deriveProvider(provider, new Set([...imported, ...others.map(bindingOf)]));
  const types: [string, Block][] = [
    ...Object.entries(schema.resources).map(([type, { block }]): [string, Block] => [type, block]),
    ...Object.entries(schema.data_sources).map(([type, { block }]): [string, Block] => [
      `data.${type}`,
      block,
    ]),
    ["provider.aws", schema.provider],
  ];
  return new Map(
    types
      .map(([type, block]): [string, string[]] => [
        type,
        argumentsOf(block).filter((path) => isOwn(type, path)),
      ])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** `s3-bucket` of `aws_s3_bucket`, `data-aws-vpc` of `data.aws_vpc`. */
function bindingOf(type: string): string {
  const name = type.replace(/^data\.aws_/, "data_aws_").replace(/^aws_/, "");
  return name.replaceAll("_", "-");
}

/** Blocks have no value of their own: only what is inside them is decided. */
function argumentsOf(block: Block, prefix = ""): string[] {
  const attributes = Object.entries(block.attributes).filter(
    ([, { required, optional }]) => required || optional,
  );
  return [
    ...attributes.map(([name]) => `${prefix}${name}`),
    ...Object.entries(block.block_types).flatMap(([name, nested]) =>
      argumentsOf(nested.block, `${prefix}${name}.`),
    ),
  ];
}

function isOwn(type: string, path: string): boolean {
  const kind = type.startsWith("data.") ? "data" : type.startsWith("provider.") ? "provider" : "resource";
  return !shared[kind].some((one) => isWithin(path, one));
}

/** Whether a path is, or is inside of, another. */
function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/**
 * Merges decisions with the arguments of the schema: what is new is undecided, and what the schema no longer has is
 * dropped. A decision about a block stands for its arguments, and one inside an argument, such as an option of a map,
 * stays.
 */
export function merged(
  decisions: Readonly<Record<string, Table>>,
  schema: ReadonlyMap<string, readonly string[]>,
): Record<string, Table> {
  return Object.fromEntries(
    [...schema].map(([type, paths]) => [type, mergedTable(decisions[type] ?? {}, paths)]),
  );
}

function mergedTable(table: Table, paths: readonly string[]): Table {
  const presence = ["(added)", "(removed)"].map((one): [string, Table[string]] => [
    one,
    table[one] ?? UNDECIDED,
  ]);
  const known = Object.entries(table).filter(([path]) =>
    paths.some((one) => isWithin(one, path) || isWithin(path, one)),
  );
  const fresh = paths
    .filter((path) => !known.some(([decided]) => isWithin(path, decided)))
    .map((path): [string, string] => [path, UNDECIDED]);
  const entries = [...known, ...fresh].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries([...presence, ...entries]);
}
