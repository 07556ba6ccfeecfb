import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "./failure";

/**
 * Returns the repository's root: the nearest folder with a `package.json`, at `from` or above it.
 * @throws Failure when there is none
 */
export function repositoryRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(folder) === folder)
      throw new Failure(`no package.json above ${from}`, "run from inside the repository");
  }
}
