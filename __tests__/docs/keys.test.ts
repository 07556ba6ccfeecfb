import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Mention, pages, root } from "./markdown";

/** Every key of an environment, in full, as docs/configuration.md has them. */
function keys(): Set<string> {
  const found = new Set<string>();
  let section = "";
  for (const line of readFileSync(join(root, "docs", "configuration.md"), "utf8").split("\n")) {
    if (line.startsWith("## ")) section = /^## `([\w.<>]+)`/.exec(line)?.[1] ?? "";
    const key = /^\| `(\w+)` \|/.exec(line)?.[1];
    if (key !== undefined) found.add(section === "" ? key : `${section}.${key}`);
  }
  return found;
}

const known = keys();
const sections = new Set([...known].flatMap((key) => (key.includes(".") ? [key.split(".")[0] ?? ""] : [])));

/** A key of an environment that a text names; its value may follow. */
function named({ text }: Mention): string | undefined {
  const [, key = "", first = ""] = /^(([a-z]+)(?:\.[a-z_]+)+)(?: = .*)?$/.exec(text) ?? [];
  return sections.has(first) && !key.endsWith(".yml") ? key : undefined;
}

const isKnown = (key: string): boolean =>
  known.has(key) || [...known].some((one) => one.startsWith(`${key}.`));

test("every key that a text names is one that there is", () => {
  const mentions = pages().flatMap((page) => page.code.filter((one) => named(one) !== undefined));
  expect(known.size).toBeGreaterThan(100);
  expect(mentions.length).toBeGreaterThan(60);
  const wrong = mentions.filter((one) => !isKnown(named(one) ?? ""));
  expect(wrong.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
});

test("a key that is wrong is found", () => {
  const at = (text: string): Mention => ({ file: "README.md", line: 1, text });
  expect(named(at("lake.quarantine_days = 90"))).toBe("lake.quarantine_days");
  expect(isKnown("lake.quarantine_days")).toBe(false);
  expect(isKnown("lake.lifecycle")).toBe(true);
  expect(named(at("dags.mail"))).toBeUndefined();
});
