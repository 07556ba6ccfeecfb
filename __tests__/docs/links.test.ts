import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { type Mention, pages, root } from "./markdown";

const all = pages();

/** What is wrong with a link; undefined when nothing is. Addresses of others are looked at, not asked. */
function problemOf({ file, text }: Mention): string | undefined {
  if (/^https?:/.test(text)) {
    return URL.canParse(text) && text.startsWith("https://")
      ? undefined
      : "is no address that begins with https://";
  }
  const [path = "", anchor] = text.split("#");
  const target = path === "" ? file : normalize(join(dirname(file), path));
  if (target.startsWith("..")) return "leads out of the repository";
  if (!existsSync(join(root, target))) return "leads to nothing";
  if (anchor === undefined) return undefined;
  const page = all.find((one) => one.file === target);
  if (page === undefined)
    return statSync(join(root, target)).isDirectory() ? "has no headings" : "is no page";
  return page.anchors.has(anchor) ? undefined : `${target} has no heading #${anchor}`;
}

test("every link leads somewhere", () => {
  const links = all.flatMap((page) => page.links);
  expect(links.length).toBeGreaterThan(120);
  const problems = links.map((link) => [`${link.file}:${link.line} ${link.text}`, problemOf(link)]);
  expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([]);
});

test("every page can be reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const file of reached) {
    const page = all.find((one) => one.file === file);
    for (const { text } of page?.links ?? []) {
      const [path = ""] = text.split("#");
      if (path.endsWith(".md") && !/^https?:/.test(path)) reached.add(normalize(join(dirname(file), path)));
    }
  }
  expect(all.map(({ file }) => file).filter((file) => !reached.has(file))).toEqual([]);
});

test("a link that is wrong is found", () => {
  const wrong = ["none.md", "docs/terraform.md#none", "../outside.md", "http://example.com", "docs#here"];
  expect(wrong.map((text) => problemOf({ file: "README.md", line: 1, text }))).toEqual([
    "leads to nothing",
    "docs/terraform.md has no heading #none",
    "leads out of the repository",
    "is no address that begins with https://",
    "has no headings",
  ]);
});
