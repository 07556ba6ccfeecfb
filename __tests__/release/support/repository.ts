import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { itemsContract, shelvesContract } from "./contracts";

const requirements = "# nothing to install\n";
const vendored = `build/vendored/${createHash("sha256").update(requirements).digest("hex").slice(0, 16)}`;

const base: Readonly<Record<string, string>> = {
  "package.json": "{}",
  "requirements/bundle.txt": requirements,
  [`${vendored}/logger/__init__.py`]: "LEVEL = 1\n",
  "etl/__init__.py": "",
  "etl/main.py": "from etl.cli import main\n\nmain()\n",
  "etl/cli.py": "def main():\n    pass\n",
  "etl/spark-defaults.conf": "spark.sql.session.timeZone UTC\n",
  "etl/model/__init__.py": "",
  "contracts/datasets/items.odcs.yaml": itemsContract,
  "contracts/datasets/shelves.odcs.yaml": shelvesContract,
  "dags/.airflowignore": "tests\n",
  "dags/emr.py": "from shared import steps\n",
  "dags/shared/steps.py": "STEPS = 3\n",
};

const made: string[] = [];

/** A directory of its own, removed after the tests of the file. */
export function makeDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "bundle-")));
  made.push(directory);
  return directory;
}

afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** Writes files below a directory; null leaves one out. */
export function writeFiles(root: string, files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A small repository that makes a release without installing anything, with some files changed or left out. */
export function makeRepository(changes: Readonly<Record<string, string | null>> = {}): string {
  const root = makeDirectory();
  writeFiles(root, { ...base, ...changes });
  return root;
}

/** A path in the folder of vendored packages of such a repository. */
export function vendoredPath(path: string): string {
  return `${vendored}/${path}`;
}
