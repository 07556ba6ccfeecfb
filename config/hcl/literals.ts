import type { ExpressionType } from "@cdktf/hcl2json/lib/syntax-tree";
import { type Finding, formatPath, HclExpression, type Path } from "../problems";

/** What a file's syntax tree tells beyond its values. */
export interface Literals {
  /** Line of each place, by its formatted path. */
  readonly lines: ReadonlyMap<string, number>;
  /** Expressions, which are refused, by the path they stand at. */
  readonly expressions: ReadonlyMap<string, { readonly path: Path; readonly expression: HclExpression }>;
  /** Numbers that JavaScript writes otherwise, by the path they stand at. */
  readonly numbers: ReadonlyMap<string, { readonly path: Path; readonly source: string }>;
  /** Expressions and keys that are set twice. */
  readonly findings: readonly (Finding & { readonly line: number })[];
}

/**
 * Walks the syntax tree of `{\n<source>\n}`. Its line numbers are those of the source, its byte offsets are two more.
 * The parser gives the values; this gives their lines, and everything that is not a literal.
 */
export function readLiterals(tree: ExpressionType, source: string): Literals {
  const walk = new Walk(Buffer.from(`{\n${source}`));
  walk.visit(tree, [], 1);
  return walk;
}

class Walk implements Literals {
  readonly lines = new Map<string, number>();
  readonly expressions = new Map<string, { path: Path; expression: HclExpression }>();
  readonly numbers = new Map<string, { path: Path; source: string }>();
  readonly findings: (Finding & { line: number })[] = [];
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  visit(node: ExpressionType, path: Path, line: number): void {
    this.lines.set(formatPath(path), line);
    if (node.type === "object") this.visitObject(node.children, path);
    else if (node.type === "tuple") {
      node.children.forEach((item, index) => {
        this.visit(item, [...path, index], item.range.start.line);
      });
    } else if (!isLiteral(node)) {
      const { message, allowed } = describeExpression(node);
      this.refuse(node, path, line, message, allowed);
    } else if (node.type !== "template") this.keepNumber(node, path);
  }

  /** JavaScript's numbers are doubles: one that is written with more than that is kept as it is written. */
  private keepNumber(node: ExpressionType, path: Path): void {
    const source = sourceOf(node);
    if (/^-?\d/.test(source) && String(Number(source)) !== source)
      this.numbers.set(formatPath(path), { path, source });
  }

  /** The children of an object are key, value, key, value … */
  private visitObject(children: readonly ExpressionType[], path: Path): void {
    for (let index = 0; index + 1 < children.length; index += 2) {
      const [key, value] = [children[index], children[index + 1]];
      if (key === undefined || value === undefined) continue;
      const line = key.range.start.line;
      const place = [...path, this.nameOf(key)];
      if (place.at(-1) === "__proto__") {
        const message = "is a name that JavaScript keeps for itself";
        this.findings.push({ path: place, line, message, allowed: "use another name" });
      }
      const earlier = this.lines.get(formatPath(place));
      if (earlier === undefined) this.visit(value, place, line);
      else
        this.refuse(
          value,
          place,
          line,
          `is set a second time, after line ${earlier}`,
          "remove one of the two",
        );
    }
  }

  private nameOf(key: ExpressionType): string {
    const source = this.bytes.toString("utf8", key.range.start.byte, key.range.end.byte);
    return decoded(source.replace(/^"|"$/g, ""));
  }

  /** Puts the source text in place of the value, so that nothing is concluded from it. */
  private refuse(node: ExpressionType, path: Path, line: number, message: string, allowed: string): void {
    const source = node.type === "object" ? "{ … }" : sourceOf(node);
    this.expressions.set(formatPath(path), { path, expression: new HclExpression(source) });
    this.findings.push({ path, line, message, allowed });
  }
}

/** A key as the parser gives it, its escapes undone: two spellings of one key are one key. */
function decoded(source: string): string {
  if (!source.includes("\\")) return source;
  const long = /\\U([0-9a-fA-F]{8})/g;
  try {
    return JSON.parse(`"${source.replaceAll(long, (_, code) => String.fromCodePoint(Number(`0x${code}`)))}"`);
  } catch {
    return source;
  }
}

/** Parentheses have no source text of their own in the tree. */
function sourceOf(node: ExpressionType): string {
  const { value } = (node.meta ?? {}) as { value?: unknown };
  return value === undefined ? `(${node.children.map(sourceOf).join(", ")})` : String(value);
}

function isLiteral(node: ExpressionType): boolean {
  if (node.type === "literalValue") return true;
  if (node.type === "template") return node.children.every((part) => part.type === "literalValue");
  const negative = node.type === "unaryOp" && (node.meta as { operator?: string }).operator === "negate";
  return negative && node.children.every((operand) => operand.type === "literalValue");
}

function describeExpression(node: ExpressionType): { message: string; allowed: string } {
  const allowed = "write the value itself: a .tfvars file holds literals only";
  switch (node.type as string) {
    case "function":
      return { message: `calls the function ${(node.meta as { name: string }).name}`, allowed };
    case "scopeTraversal":
      return {
        message: `refers to ${(node.meta as { fullAccessor: string }).fullAccessor}`,
        allowed: "write the value itself, in double quotes if it is text: a .tfvars file holds literals only",
      };
    case "template":
    case "templateWrap":
      return { message: "is a template with parts to fill in", allowed };
    default:
      return { message: "is an expression", allowed };
  }
}
