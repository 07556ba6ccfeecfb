import type { JsonSchema } from "../../contracts/json-schema";
import { docstring, documentation, literal, moduleDocstring } from "./python-text";

/** How the dataclasses of a module are written. */
export interface DataclassStyle {
  /** Whether values are given by keyword only, which Python 3.9 cannot say. */
  readonly keywordOnly: boolean;
  /** What an array becomes: a `tuple` makes the object immutable as a whole. */
  readonly array: "tuple" | "list";
  /** What an object with any keys becomes. */
  readonly mapping: "Mapping" | "dict";
  /** What one of several texts becomes: `Literal`, or `str` where the code makes values that no schema lists. */
  readonly choice: "Literal" | "str";
}

export interface DataclassModule {
  /** First line of the module's docstring. */
  readonly summary: string;
  /** File that the schemas come from. */
  readonly source: string;
  readonly style: DataclassStyle;
  /** Object schemas, by the names of their classes. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Whether the schemas themselves become classes, or only the objects inside them. @default true */
  readonly outermost?: boolean;
}

/**
 * Returns a Python module with a frozen dataclass for each object of JSON schemas, after those that it uses. An object
 * inside another is named by its title, or else by the key that holds it; a key that is not required may be None.
 * @throws Error when two different objects have one name
 */
export function dataclassModule({
  summary,
  source,
  style,
  schemas,
  outermost = true,
}: DataclassModule): string {
  const classes = new Classes(style);
  for (const [name, schema] of Object.entries(schemas)) {
    const text = classes.textOf(name, schema);
    if (outermost) classes.add(name, text);
  }
  const body = classes.texts().join("\n\n\n");
  const imports = importsOf(body);
  return `${moduleDocstring(summary, source)}\nfrom __future__ import annotations\n\n${imports}\n\n\n${body}\n`;
}

function importsOf(body: string): string {
  const used = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const typing = ["Any", "Literal"].filter(used);
  return [
    ...(used("Mapping") ? ["from collections.abc import Mapping"] : []),
    "from dataclasses import dataclass",
    ...(typing.length > 0 ? [`from typing import ${typing.join(", ")}`] : []),
  ].join("\n");
}

type Properties = Readonly<Record<string, JsonSchema>>;

/** The classes of a module, each after those that it uses. */
class Classes {
  readonly #texts = new Map<string, string>();

  constructor(private readonly style: DataclassStyle) {}

  texts(): readonly string[] {
    return [...this.#texts.values()];
  }

  add(name: string, text: string): void {
    const known = this.#texts.get(name);
    if (known !== undefined && known !== text)
      throw new Error(`two different objects are called ${name}: give one of them a title`);
    this.#texts.set(name, text);
  }

  textOf(name: string, schema: JsonSchema): string {
    const {
      description,
      properties,
      required = [],
    } = schema as {
      description?: string;
      properties: Properties;
      required?: readonly string[];
    };
    if (description === undefined) throw new Error(`${name} has no description: it becomes the docstring`);
    const fields = Object.entries(properties).flatMap(([key, part]) =>
      this.#field(key, part, required.includes(key)),
    );
    return [
      this.style.keywordOnly ? "@dataclass(frozen=True, kw_only=True)" : "@dataclass(frozen=True)",
      `class ${name}:`,
      ...docstring(description, "    "),
      "",
      ...fields,
    ].join("\n");
  }

  #field(key: string, part: JsonSchema, isRequired: boolean): string[] {
    const type = this.#typeOf(key, part);
    const isObject = this.#texts.has(type);
    const comment =
      typeof part.description === "string" && !isObject ? documentation(part.description, "    ") : [];
    const optional = isRequired ? type : `${type} | None`;
    const value = "default" in part ? ` = ${literal(part.default)}` : isRequired ? "" : " = None";
    return [...comment, `    ${key}: ${optional}${value}`];
  }

  #typeOf(key: string, schema: JsonSchema): string {
    if (Array.isArray(schema.type)) return this.#typeOfSeveral(key, schema, schema.type);
    if (schema.const !== undefined) return this.#choiceOf([schema.const]);
    if (Array.isArray(schema.enum)) return this.#choiceOf(schema.enum);
    if (Array.isArray(schema.anyOf)) return this.#typeOfUnion(key, schema.anyOf);
    if (schema.type === "array") {
      const item = this.#typeOf(key, schema.items as JsonSchema);
      return this.style.array === "tuple" ? `tuple[${item}, ...]` : `list[${item}]`;
    }
    return schema.type === "object" ? this.#typeOfObject(key, schema) : scalar(String(schema.type));
  }

  #typeOfSeveral(key: string, schema: JsonSchema, types: readonly string[]): string {
    const others = types.filter((type) => type !== "null");
    const [only] = others;
    const type = others.length === 1 ? this.#typeOf(key, { ...schema, type: only }) : "Any";
    return types.includes("null") && type !== "Any" ? `${type} | None` : type;
  }

  #typeOfUnion(key: string, parts: readonly JsonSchema[]): string {
    const others = parts.filter(({ type }) => type !== "null");
    const [only] = others;
    return others.length === 1 && only !== undefined ? `${this.#typeOf(key, only)} | None` : "Any";
  }

  #choiceOf(values: readonly unknown[]): string {
    const isText = values.every((value) => typeof value === "string");
    if (isText && this.style.choice === "str") return "str";
    return `Literal[${values.map(literal).join(", ")}]`;
  }

  #typeOfObject(key: string, schema: JsonSchema): string {
    if (schema.properties === undefined) {
      const { additionalProperties } = schema as { additionalProperties?: JsonSchema };
      const value = additionalProperties === undefined ? "Any" : this.#typeOf(key, additionalProperties);
      return `${this.style.mapping}[str, ${value}]`;
    }
    const name = typeof schema.title === "string" ? schema.title : className(key);
    this.add(name, this.textOf(name, schema));
    return name;
  }
}

/** Returns the class name of a key: `PerUnit` for `per_unit`. */
export function className(key: string): string {
  return key.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function scalar(type: string): string {
  const types: Readonly<Record<string, string>> = {
    string: "str",
    integer: "int",
    number: "float",
    boolean: "bool",
  };
  const found = types[type];
  if (found === undefined) throw new Error(`JSON type ${type} has no Python type here`);
  return found;
}
