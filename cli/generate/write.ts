import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "../places";
import { generatedFiles } from "./files";

for (const [path, content] of Object.entries(generatedFiles))
  writeFileSync(join(places.root, path), content());
