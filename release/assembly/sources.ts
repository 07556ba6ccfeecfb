import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../../base/canonical-json";
import { BundleError } from "../failure";
import { type Files, listFiles, readFiles } from "./files";
import { ignoredByGit, refuseForeignLinks, refusePrivateKeys } from "./safety";

/** What MWAA can do something with: DAGs, what they render and read, and the list of what to skip. */
const airflowFiles = /(^|\/)\.airflowignore$|\.(py|json|html|jinja2|pem|sql|txt)$/;

/** Compiled code: it would tie the release to one processor and one C library, and cannot be imported from a zip. */
const compiledCode = /\.(so(\.[0-9.]+)?|pyd|dylib|dll)$/;

/** Takes a sentence for the user. */
export type Warn = (message: string) => void;

/** The Python package `etl`, without the entry point, which lies beside the archive. */
export function packageSources(root: string, warn: Warn): Files {
  const paths = ownPaths(root, "etl", warn).filter((path) => path.endsWith(".py") && path !== "main.py");
  const files = readFiles(join(root, "etl"), paths, "etl/");
  refusePrivateKeys(files);
  return files;
}

/** The files of a folder that may travel in a release. What git ignores stays behind, and is named. */
function ownPaths(root: string, folder: string, warn: Warn): string[] {
  const directory = join(root, folder);
  const paths = existsSync(directory) ? listFiles(directory).map((path) => `${folder}/${path}`) : [];
  const ignored = ignoredByGit(root, paths);
  const left = paths.filter((path) => ignored.has(path));
  if (left.length > 0) warn(`${left.join(", ")}: git ignores it, so the release leaves it out`);
  const own = paths.filter((path) => !ignored.has(path));
  refuseForeignLinks(root, own);
  refuseCompiledCode(own);
  return own.map((path) => path.slice(folder.length + 1));
}

/**
 * What Airflow loads: the DAGs, and beside them the packages that they import, since MWAA imports from that folder only.
 * `packages/<name>/<name>/` becomes `dags/<name>/`. Hidden files and tests stay behind; anything unknown is refused
 * rather than lost.
 */
export function dagSources(root: string, warn: Warn): Files {
  const packages = join(root, "packages");
  const names = existsSync(packages) ? readdirSync(packages).sort(byCodeUnit) : [];
  return new Map([
    ...airflowSources(root, "dags", "dags/", warn),
    ...names.flatMap((name) => [...airflowSources(root, `packages/${name}/${name}`, `dags/${name}/`, warn)]),
  ]);
}

function airflowSources(root: string, folder: string, place: string, warn: Warn): Files {
  const paths = ownPaths(root, folder, warn);
  const unknown = paths.filter((path) => !airflowFiles.test(path)).map((path) => `${folder}/${path}`);
  if (unknown.length > 0)
    throw new BundleError(
      `${unknown.join(", ")}: Airflow has no use for such a file`,
      `move it out of ${folder}/, or write it as .py, .json, .html, .jinja2, .pem, .sql or .txt`,
    );
  const files = readFiles(join(root, folder), paths, place);
  refusePrivateKeys(files);
  return files;
}

/**
 * The bundle runs on whatever the cluster is: pure Python only.
 *
 * @throws BundleError naming every compiled file
 */
export function refuseCompiledCode(paths: Iterable<string>): void {
  const compiled = [...paths].filter((path) => compiledCode.test(path));
  if (compiled.length === 0) return;
  throw new BundleError(
    `compiled code cannot travel in the bundle: ${compiled.join(", ")}`,
    "use a pure-Python package, or one that EMR already installs",
  );
}
