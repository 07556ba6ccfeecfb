import { type Finding, formatPath, HclExpression, type Path } from "../problems";
import { type Diagnostic, readDiagnostics, sourceName, withoutEchoes } from "./diagnostics";
import { type Literals, readLiterals } from "./literals";
import type { Parser } from "./memory";

/** A finding whose line is known: those of the syntax, which no path leads to. */
export type LocatedFinding = Finding & { readonly line: number };

/** The content of a `.tfvars` file. */
export interface Document {
  /** The values; an expression stands as an `HclExpression`. `undefined` when the syntax is wrong. */
  readonly values: Record<string, unknown> | undefined;
  /** The line of a place, or of the nearest place around it that the file has. */
  readonly lineOf: (path: Path) => number;
  /** A number as the file writes it, where that is not how JavaScript does. */
  readonly writtenAs: (path: Path) => HclExpression | undefined;
  /** What is wrong before any schema is asked. */
  readonly findings: readonly LocatedFinding[];
}

/** A document without a place. */
export const nothing: Document = {
  values: undefined,
  lineOf: () => 1,
  writtenAs: () => undefined,
  findings: [],
};

/** Reads a `.tfvars` source; never throws on what it contains. */
export async function readDocument(source: string, parser: Parser): Promise<Document> {
  const text = source.replace(/^\uFEFF/, "");
  const syntax = await syntaxErrors(text, parser);
  if (syntax.length > 0) return { ...nothing, findings: syntax };
  try {
    const tree = await parser.getExpressionAst(sourceName, `{\n${text}\n}`);
    // As one object, because a key that is set twice at the top would keep the parser from giving any value at all.
    const { document } = (await parser.parse(sourceName, `document = {\n${text}\n}`)) as {
      document: Record<string, unknown>;
    };
    if (tree === null) return { ...nothing, values: document };
    return toDocument(document, readLiterals(tree, text));
  } catch (error) {
    const findings =
      error instanceof RangeError ? [nestedTooDeeply] : readDiagnostics(error).slice(0, 1).map(blockFound);
    return { ...nothing, findings };
  }
}

/** The parser calls itself for each level. */
const nestedTooDeeply: LocatedFinding = {
  path: [],
  line: 1,
  message: "is nested too deeply",
  allowed: "use maps and lists as docs/configuration.md shows them",
};

async function syntaxErrors(text: string, parser: Parser): Promise<LocatedFinding[]> {
  try {
    await parser.parse(sourceName, text);
    return [];
  } catch (error) {
    if (error instanceof RangeError) return [nestedTooDeeply];
    const redefined = (diagnostic: Diagnostic) => diagnostic.summary === "Attribute redefined";
    return withoutEchoes(readDiagnostics(error).filter((diagnostic) => !redefined(diagnostic))).map(
      syntaxError,
    );
  }
}

function syntaxError({ line, summary, detail }: Diagnostic): LocatedFinding {
  const unclosed = detail.includes("the end of the file");
  const allowed = unclosed ? "close every { and [ that is open" : decapitalize(detail);
  return { path: [], line, message: `is not valid HCL: ${decapitalize(summary)}`, allowed };
}

/** The parser takes `network { … }` for a block of a configuration file, which a `.tfvars` file cannot have. */
function blockFound({ line, summary }: Diagnostic): LocatedFinding {
  // As the first key of a map it begins an expression.
  if (summary.includes("'for' expression"))
    return { path: ["for"], line, message: "is not a key of an environment", allowed: "remove it" };
  return { path: [], line, message: "is a block, not a value", allowed: "put = between the key and its {" };
}

function toDocument(values: Record<string, unknown>, literals: Literals): Document {
  for (const { path, expression } of literals.expressions.values()) replace(values, path, expression);
  for (const { path, source } of literals.numbers.values()) replace(values, path, finite(Number(source)));
  return {
    values: plain(values) as Record<string, unknown>,
    findings: literals.findings,
    writtenAs: (path) => {
      const number = literals.numbers.get(formatPath(path));
      return number && new HclExpression(number.source);
    },
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = literals.lines.get(formatPath(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

/** The largest number for one that is larger, of which the parser makes null: either is out of every range. */
function finite(number: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, number));
}

/**
 * Undoes the escapes of templates, which the parser leaves: `$${` is `${` in a text, and `%%{` is `%{`.
 * Source: HCL Native Syntax Specification, "Template Literals".
 */
function plain(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/([$%])\1\{/g, "$1{");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof HclExpression) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function replace(values: Record<string, unknown>, path: Path, value: unknown): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values);
  const key = path.at(-1);
  if (typeof parent === "object" && parent !== null && key !== undefined)
    Object.assign(parent, { [key]: value });
}

function decapitalize(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/\.$/, "");
}
