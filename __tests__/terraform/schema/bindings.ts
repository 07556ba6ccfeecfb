import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A type in Terraform's JSON form: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type AttributeType =
  | string
  | readonly [string, AttributeType | Readonly<Record<string, AttributeType>>];

export type Collection = "list" | "set" | "map";

/** The value of a member: a plain type, or a structure that has members itself. */
export type Value =
  | { readonly type: AttributeType }
  | {
      readonly structure: string;
      /** Undefined: one object, without a collection around it. */
      readonly collection: Collection | undefined;
      readonly isBlock: boolean;
      /** Whether the bindings take one object where Terraform has a collection. */
      readonly atMostOne: boolean;
    };

/** An argument that a configuration may set. */
export interface Argument {
  readonly required: boolean;
  readonly value: Value;
}

/** What the bindings know of a block, an object, or a whole resource. */
export interface Structure {
  readonly arguments: ReadonlyMap<string, Argument>;
  /** Attributes that can only be read. */
  readonly computed: ReadonlyMap<string, Value>;
}

/** The bindings of one resource, data source or provider. */
export interface Binding {
  readonly kind: "resource" | "data source" | "provider";
  /** The Terraform type, `aws_vpc`; the name of the provider for a provider. */
  readonly type: string;
  /** Version of the provider that the bindings were generated from. */
  readonly version: string;
  /** Where a provider comes from, `aws` or `namespace/name`; undefined for resources and data sources. */
  readonly source: string | undefined;
  readonly root: string;
  readonly structures: ReadonlyMap<string, Structure>;
}

const kinds: Readonly<Record<string, Binding["kind"]>> = {
  TerraformResource: "resource",
  TerraformDataSource: "data source",
  TerraformProvider: "provider",
};
const plain: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  any: "dynamic",
};
const readable: Readonly<Record<string, AttributeType>> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  List: ["list", "string"],
  NumberList: ["list", "number"],
  StringMap: ["map", "string"],
  NumberMap: ["map", "number"],
  BooleanMap: ["map", "bool"],
  AnyMap: ["map", "dynamic"],
};

/**
 * Reads the bindings of one resource, data source or provider, which CDKTF generated from the provider's schema.
 * @param directory of the binding: it has `index.js` and `index.d.ts`
 * @throws Error if the generated code does not have the expected form
 */
export function readBinding(directory: string): Binding {
  const js = generated(directory, ".js").replaceAll(/(?:\(0, )?(?:index_)?structs\d*_1\.(\w+)\)?/g, "$1");
  const declarations = generated(directory, ".d.ts");
  const required = requiredArguments(declarations, directory);
  const classes = [...js.matchAll(/^class (\w+) extends cdktf\.(\w+) \{\n(.*?)^\}/gms)];
  const bodies = new Map(classes.map(([, name = "", , body = ""]) => [name, body]));
  const [, root = "", base = "", main = ""] = classes.find(([, , extended = ""]) => extended in kinds) ?? [];
  const kind = kinds[base];
  const type = /terraformResourceType: '(\w+)'/.exec(main)?.[1];
  const source = /terraformProviderSource: '([^']+)'/.exec(main)?.[1];
  const version = /providerVersion: '([\d.]+)'/.exec(main)?.[1];
  if (!kind || !type || !version)
    throw new Error(`${directory}: no resource, data source or provider was found`);
  const config = /^export interface (\w+) extends cdktf\.TerraformMetaArguments /m.exec(declarations)?.[1];
  const structures = new Map<string, Structure>();
  const read = (name: string, written: string, body: string): void => {
    const flags = required.get(name === root ? (config ?? `${root}Config`) : name);
    if (!flags) throw new Error(`${directory}: ${name} is not declared`);
    structures.set(name, readStructure(written, flags, body, `${directory}: ${name}`));
  };
  read(root, synthesis(main), main);
  for (const [, name = "", body = ""] of js.matchAll(
    /^function (\w+)ToHclTerraform\(struct\) \{\n(.*?)^\}/gms,
  )) {
    const structure = capitalize(name);
    read(structure, body, bodies.get(`${structure}OutputReference`) ?? "");
  }
  return { kind, type, version, source, root, structures };
}

/** The generated code of one kind. CDKTF puts the structures of the largest resources into files beside `index`. */
function generated(directory: string, extension: ".js" | ".d.ts"): string {
  const structures = join(directory, "index-structs");
  const files = existsSync(structures) ? readdirSync(structures).map((file) => join(structures, file)) : [];
  return [join(directory, `index${extension}`), ...files.filter((file) => file.endsWith(extension))]
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

/** Returns, for every interface, the names of its members and whether each is required. */
function requiredArguments(declarations: string, where: string): Map<string, Map<string, boolean>> {
  const interfaces = declarations.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms);
  return new Map(
    [...interfaces].map(([, name = "", body = ""]) => {
      const found = [...body.matchAll(/#(\w+) \w+#\w+\}(?:(?!#\w+ \w+#).)*?\breadonly \w+(\??):/gs)];
      const members = found.map(([, member = "", optional]) => [member, optional === ""] as const);
      expectCount(members.length, body, /\breadonly \w+\??:/g, `${where}: members of ${name}`);
      return [name, new Map(members)];
    }),
  );
}

/** The part of a class that lists its arguments. */
function synthesis(body: string): string {
  return /synthesizeHclAttributes\(\) \{\n(.*)/s.exec(body)?.[1] ?? "";
}

function readStructure(
  written: string,
  required: ReadonlyMap<string, boolean>,
  body: string,
  where: string,
): Structure {
  const members = [
    ...written.matchAll(
      /^ +(\w+): \{\n +value: (.+),\n +isBlock: (\w+),\n +type: "(\w+)",\n +storageClassType: .+,\n/gm,
    ),
  ];
  expectCount(members.length, written, /\bisBlock:/g, where);
  const found = members.map(([, name = "", mapped = "", isBlock, collection = ""]) => {
    const flag = required.get(name);
    if (flag === undefined) throw new Error(`${where}.${name} is not declared`);
    const value = readValue(mapped, collection, isBlock === "true", `${where}.${name}`);
    return [name, { required: flag, value }] as const;
  });
  if (found.length !== required.size) throw new Error(`${where}: ${required.size} members are declared`);
  const settable = new Map(found);
  const computed = new Map([...plainAttributes(body, where), ...structuredAttributes(body, where)]);
  for (const name of settable.keys()) computed.delete(name);
  return { arguments: settable, computed };
}

/** The value that a mapper such as `cdktf.listMapperHcl(ruleToHclTerraform, true)(this._rule)` writes. */
function readValue(mapped: string, collection: string, isBlock: boolean, where: string): Value {
  const mapper = mapped.replace(/^.* === undefined \? null : /, "").replace(/\([^()]*\)$/, "");
  const [, element = mapper, listed] =
    /^cdktf\.(?:list|hash)MapperHcl\((\w+?)(?:, (true|false))?\)$/.exec(mapper) ?? [];
  const structure = /^(\w+)ToHclTerraform$/.exec(element)?.[1];
  if (structure === undefined) return { type: plainType(mapper, collection, where) };
  return {
    structure: capitalize(structure),
    collection: collection === "struct" ? undefined : (collection as Collection),
    // `isBlock` alone is also true for attributes that are written as blocks. An attribute that is one object cannot be
    // told from a block; hashicorp/aws has five, in S3 Tables and Lex.
    isBlock: isBlock && listed !== "false",
    atMostOne: element === mapper && collection !== "struct",
  };
}

function plainType(mapper: string, collection: string, where: string): AttributeType {
  const simple = /^cdktf\.(\w+)ToHclTerraform$/.exec(mapper)?.[1];
  if (simple !== undefined) {
    const type = plain[simple];
    if (type) return type;
  }
  const nested = /^cdktf\.(list|hash)MapperHcl\((.+?)(?:, false)?\)$/.exec(mapper);
  if (!nested) throw new Error(`${where}: the mapper ${mapper} is unknown`);
  const [, kind, element = ""] = nested;
  const outer = kind === "hash" ? "map" : collection === "set" ? "set" : "list";
  return [outer, plainType(element, "list", where)];
}

/** Attributes that a getter reads, `get arn() { return this.getStringAttribute('arn'); }`. */
function plainAttributes(body: string, where: string): [string, Value][] {
  return [
    ...body.matchAll(
      /return (?:cdktf\.Token\.as\w+\()?(cdktf\.Fn\.tolist\()?this\.get(\w+)Attribute\('(\w+)'\)/g,
    ),
  ].map(([, isSet, reader = "", name = ""]) => {
    const type = readable[reader];
    if (type === undefined) throw new Error(`${where}.${name}: get${reader}Attribute is unknown`);
    return [name, { type: isSet && Array.isArray(type) ? ["set", type[1]] : type }];
  });
}

/** Attributes of objects, `this._rule = new VpcRuleList(this, "rule", false)`. */
function structuredAttributes(body: string, where: string): [string, Value][] {
  const constructed = body.matchAll(/this\._\w+ = new ([\w.]+)\(this, "(\w+)"(?:, (true|false))?\)/g);
  return [...constructed].map(([, name = "", attribute = "", wrapsSet]) => {
    const map = /^cdktf\.(\w+)Map$/.exec(name)?.[1];
    if (map) return [attribute, { type: readable[`${map}Map`] ?? "dynamic" }];
    const [, structure, suffix] = /^(\w+?)(List|Map|OutputReference)$/.exec(name) ?? [];
    if (!structure) throw new Error(`${where}.${attribute}: the class ${name} is unknown`);
    const collection = { List: wrapsSet === "true" ? "set" : "list", Map: "map" }[suffix ?? ""];
    return [
      attribute,
      { structure, collection: collection as Collection | undefined, isBlock: false, atMostOne: false },
    ];
  });
}

function expectCount(count: number, text: string, pattern: RegExp, where: string): void {
  const expected = [...text.matchAll(pattern)].length;
  if (count !== expected) throw new Error(`${where}: ${count} of ${expected} could be read`);
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
