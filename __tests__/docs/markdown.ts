import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** A fenced block of code. */
export interface Block {
  readonly file: string;
  /** Of the fence. */
  readonly line: number;
  /** What stands behind the fence: `sh runnable`. */
  readonly info: string;
  readonly text: string;
}

/** A link of a page, or a piece of code in its text. */
export interface Mention {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A page, cut into what the tests look at. */
export interface Page {
  readonly file: string;
  readonly blocks: readonly Block[];
  /** Commands that are indented instead of fenced. */
  readonly indented: readonly Mention[];
  readonly links: readonly Mention[];
  readonly code: readonly Mention[];
  /** What links may name behind `#`. */
  readonly anchors: ReadonlySet<string>;
}

/** README and everything under docs/ that is not written by a program from other files. */
export function pages(): Page[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "README.md", "docs"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const files = listed.split("\n").filter((file) => file.endsWith(".md"));
  return files.map((file) => parse(file, readFileSync(join(root, file), "utf8")));
}

/** Cuts one page. */
export function parse(file: string, text: string): Page {
  const { blocks, prose } = split(file, text);
  const indented = prose.filter(({ text }) => /^ {4,}(?:\.\/|make |terraform |npm |npx |aws )/.test(text));
  const running = prose.filter((one) => !indented.includes(one));
  return {
    file,
    blocks,
    indented,
    links: all(running, /\[[^\]]*\]\(([^)\s]+)\)/g, /`[^`]*`/g),
    code: all(running, /`([^`]+)`/g),
    anchors: anchorsOf(prose.map(({ text }) => text)),
  };
}

/** Blocks of code, without the indentation of the list that they stand in, and the lines between them. */
function split(file: string, text: string): { readonly blocks: Block[]; readonly prose: Mention[] } {
  const blocks: Block[] = [];
  const prose: Mention[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    const [, indent, info = ""] = /^( *)```(.*)$/.exec(lines[index] ?? "") ?? [];
    if (indent === undefined) {
      prose.push({ file, line, text: lines[index] ?? "" });
      continue;
    }
    const length = lines.slice(line).indexOf(`${indent}\`\`\``);
    if (length < 0) throw new Error(`${file}:${line}: the block never ends`);
    const inside = lines.slice(line, line + length);
    const own = inside.map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one));
    blocks.push({ file, line, info: info.trim(), text: `${own.join("\n")}\n` });
    index += length + 1;
  }
  return { blocks, prose };
}

/** What a pattern finds in the text, which may begin in one line and end in the next. */
function all(lines: readonly Mention[], pattern: RegExp, without?: RegExp): Mention[] {
  const paragraphs = lines.map(({ text }) => (without === undefined ? text : text.replace(without, "code")));
  const [first] = lines;
  if (first === undefined) return [];
  const joined = paragraphs.join("\n");
  return [...joined.matchAll(pattern)].map(({ index, 1: text = "" }) => {
    const { line } = lines[joined.slice(0, index).split("\n").length - 1] ?? first;
    return { file: first.file, line, text: text.replaceAll("\n", " ") };
  });
}

/** GitHub's names of headings: small letters, no punctuation, hyphens for spaces, numbers where they repeat. */
function anchorsOf(lines: readonly string[]): Set<string> {
  const anchors = new Set<string>();
  for (const line of lines) {
    const heading = /^#{1,6} (.*)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const name = text
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}
