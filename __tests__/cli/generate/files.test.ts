import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../../../cli/generate/files";
import { root } from "../../docs/markdown";

test.each(Object.keys(generatedFiles))("%s is current; `npm run generate` writes it", (path) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(generatedFiles[path]?.());
});
