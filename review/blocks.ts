import type { Json } from "./change";
import { isList, isObject, type JsonObject, listOf, mapTexts } from "./json";

/** What kind of block it is: only resources exist on AWS, and only they can be a risk. */
export type Kind = "resource" | "data" | "output" | "setting";

/** One block of a stack. */
export interface Block {
  readonly address: string;
  readonly kind: Kind;
  /** The provider's type, or the kind of block: `output`, `terraform`. */
  readonly type: string;
  readonly body: JsonObject;
}

/** The blocks of a stack by address. */
export type Blocks = ReadonlyMap<string, Block>;

/** Blocks of CDKTF's own, and what is read beside the blocks. */
const ASIDE = new Set(["//", "moved", "removed"]);

/** Every block of a stack's JSON; `//` is CDKTF's own metadata and is none. */
export function blocksOf(json: JsonObject): Blocks {
  const sections = Object.entries(json).filter(([section]) => !ASIDE.has(section));
  const blocks = [
    ...sections.flatMap(([section, value]) => sectionBlocks(section, value)),
    ...removedWithPrograms(json.removed),
  ];
  return new Map(blocks.map((block) => [block.address, block]));
}

/** `removed` blocks that run a program when what they name is destroyed. ("removed block", Terraform language) */
function removedWithPrograms(value: Json | undefined): Block[] {
  return listOf(value).flatMap((body) => {
    if (!isObject(body) || body.provisioner === undefined) return [];
    return [block(`removed.${body.from}`, "setting", "removed", body)];
  });
}

function sectionBlocks(section: string, value: Json): Block[] {
  if (section === "resource" || section === "data") return typedBlocks(section, value);
  if (section === "provider") return providerBlocks(value);
  if (section === "output") return named(value, "output", "output");
  if (section === "import") {
    return listOf(value).map((body, index) =>
      block(`import.${toOf(body) ?? index}`, "setting", "import", body),
    );
  }
  return named(value, section, "setting");
}

function typedBlocks(kind: "resource" | "data", value: Json): Block[] {
  const prefix = kind === "data" ? "data." : "";
  return entries(value).flatMap(([type, resources]) =>
    entries(resources).map(([name, body]) =>
      block(`${prefix}${type}.${name}`, kind, type, withoutMetadata(body)),
    ),
  );
}

function providerBlocks(value: Json): Block[] {
  return entries(value).flatMap(([name, configurations]) =>
    listOf(configurations).map((body) => {
      const alias = isObject(body) && typeof body.alias === "string" ? `.${body.alias}` : "";
      return block(`provider.${name}${alias}`, "setting", "provider", body);
    }),
  );
}

function named(value: Json, section: string, kind: Kind): Block[] {
  return entries(value).map(([name, body]) => block(`${section}.${name}`, kind, section, body));
}

function block(address: string, kind: Kind, type: string, body: Json): Block {
  const [only] = isList(body) && body.length === 1 ? body : [body];
  return { address, kind, type, body: isObject(only) ? only : { value: body } };
}

/** Terraform takes a block as an object, and as a list of such. ("JSON Configuration Syntax", Terraform language) */
function entries(value: Json): [string, Json][] {
  if (isList(value)) return value.flatMap(entries);
  return isObject(value) ? Object.entries(value) : [];
}

function withoutMetadata(body: Json): Json {
  if (isList(body)) return body.map(withoutMetadata);
  if (!isObject(body)) return body;
  const { "//": _, ...rest } = body;
  return rest;
}

function toOf(body: Json): string | undefined {
  return isObject(body) && typeof body.to === "string" ? body.to : undefined;
}

/** Which address became which: the `moved` blocks, chains of them followed to their end. */
export function movesOf(json: JsonObject): ReadonlyMap<string, string> {
  const steps = new Map(
    listOf(json.moved).flatMap((move) => {
      if (!isObject(move) || typeof move.from !== "string" || typeof move.to !== "string") return [];
      return [[move.from, move.to] as const];
    }),
  );
  const end = (address: string, seen: readonly string[]): string => {
    const next = steps.get(address);
    return next === undefined || seen.includes(next) ? address : end(next, [...seen, next]);
  };
  return new Map([...steps.keys()].map((from) => [from, end(from, [from])]));
}

/** Addresses that a `removed` block lets go of without destroying what they stand for. */
export function forgottenIn(json: JsonObject): ReadonlySet<string> {
  const gone = listOf(json.removed).flatMap((removed) => {
    if (!isObject(removed) || typeof removed.from !== "string") return [];
    const [lifecycle] = listOf(removed.lifecycle);
    return isObject(lifecycle) && lifecycle.destroy === false ? [removed.from] : [];
  });
  return new Set(gone);
}

/** The blocks as they would read had they always had the addresses they were moved to, references included. */
export function renamed(blocks: Blocks, moves: ReadonlyMap<string, string>): Blocks {
  if (moves.size === 0) return blocks;
  const names = [...moves.keys()].map((address) => address.replaceAll(".", "\\."));
  const references = new RegExp(`(?<![\\w.-])(${names.join("|")})(?![\\w-])`, "g");
  const follow = (text: string): string =>
    text.replaceAll(references, (address) => moves.get(address) ?? address);
  return new Map(
    [...blocks.values()].map(({ address, body, ...rest }) => {
      const now = moves.get(address) ?? address;
      return [now, { ...rest, address: now, body: mapTexts(body, follow) as JsonObject }];
    }),
  );
}
