import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold no sources of the platform. */
const skipped = new Set(["node_modules", "build", "cdktf.out", "__tests__"]);

/**
 * Returns the bindings that the platform's sources import, by package: `@cdktf/provider-aws` with `vpc`, `subnet`, ….
 * @param root of the repository
 */
export function importedBindings(root: string): Map<string, Set<string>> {
  const bindings = new Map<string, Set<string>>();
  for (const file of sources(root))
    for (const [, name = "", binding = ""] of readFileSync(file, "utf8").matchAll(
      /"(@cdktf\/provider-[\w-]+)\/lib\/([\w-]+)"/g,
    )) {
      const found = bindings.get(name) ?? new Set();
      bindings.set(name, found.add(binding));
    }
  return bindings;
}

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}
