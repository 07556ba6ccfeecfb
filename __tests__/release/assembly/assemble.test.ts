import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { type EmrRelease, sparkVersions } from "../../../config/catalogue/versions";
import { BundleError, buildBundle, type Manifest } from "../../../release";
import { makeDirectory, makeRepository, vendoredPath, writeFiles } from "../support/repository";

/** Every file of a directory with its bytes, by path. */
function contents(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(directory.length + 1), readFileSync(path, "latin1")]),
  );
}

/** The text files of the archive in a release. */
function archived(directory: string): Record<string, string> {
  const files = unzipSync(readFileSync(join(directory, "etl.zip")));
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

async function build(root: string): Promise<{ out: string; manifest: Manifest }> {
  const out = join(makeDirectory(), "release");
  return { out, manifest: await buildBundle({ outDir: out, root }) };
}

test("a release is main.py, etl.zip, the DAGs, and a manifest that lists them", async () => {
  const { out, manifest } = await build(makeRepository());
  const files = contents(out);
  const paths = ["dags/.airflowignore", "dags/emr.py", "dags/shared/steps.py", "etl.zip", "main.py"];
  expect(Object.keys(files).sort()).toEqual([...paths, "manifest.json"]);
  expect(JSON.parse(files["manifest.json"] ?? "")).toEqual(manifest);
  expect(Object.keys(manifest.files)).toEqual(paths);
  for (const [path, { sha256, size }] of Object.entries(manifest.files)) {
    const bytes = readFileSync(join(out, path));
    expect([path, size]).toEqual([path, bytes.byteLength]);
    expect([path, sha256]).toEqual([path, createHash("sha256").update(bytes).digest("hex")]);
  }
});

test("the manifest says how the release is run", async () => {
  const { manifest } = await build(makeRepository());
  const { release, files, ...rest } = manifest;
  expect(release).toMatch(/^[0-9a-f]{16}$/);
  expect(rest).toEqual({
    schema_version: 1,
    spark_version: "3.5.4",
    python_version: "3.9",
    emr_release: "emr-7.8.0",
    entry_point: "main.py",
    py_files: ["etl.zip"],
    steps: ["ingest", "curate", "marts"],
    spark_conf: { "spark.sql.session.timeZone": "UTC" },
    contracts: { items: { version: "1.2.0" }, shelves: { version: "1.0.0" } },
  });
});

test("the release is for the Spark that its EMR release carries, and that its tests run on", async () => {
  const { manifest } = await build(makeRepository());
  expect(sparkVersions[manifest.emr_release as EmrRelease]).toBe(manifest.spark_version);
  const requirements = readFileSync(join(__dirname, "..", "..", "..", "requirements", "etl.txt"), "utf8");
  expect(requirements).toMatch(
    new RegExp(`^pyspark==${manifest.spark_version.replaceAll(".", "\\.")} `, "m"),
  );
});

test("the archive holds the package, its dependencies and the compiled contracts, and nothing else", async () => {
  const root = makeRepository({
    "etl/tests/test_cli.py": "",
    "etl/__pycache__/cli.pyc": "",
    "etl/cli.pyc": "",
    "etl/.hidden.py": "",
    "etl/notes.json": "{}",
    "dags/__pycache__/emr.pyc": "",
    "dags/tests/test_emr.py": "",
    "dags/.cache/x.py": "",
    [vendoredPath("bin/logger")]: "#!",
    [vendoredPath("logger-1.0.dist-info/RECORD")]: "",
    [vendoredPath("logger-1.0.dist-info/INSTALLER")]: "uv",
    [vendoredPath("logger-1.0.dist-info/METADATA")]: "Name: logger",
    [vendoredPath("logger-1.0.dist-info/licenses/LICENSE")]: "free",
    [vendoredPath(".lock")]: "",
  });
  const { out, manifest } = await build(root);
  expect(Object.keys(archived(out))).toEqual([
    "etl/__init__.py",
    "etl/cli.py",
    "etl/contracts/items.json",
    "etl/contracts/shelves.json",
    "etl/model/__init__.py",
    "logger-1.0.dist-info/METADATA",
    "logger-1.0.dist-info/licenses/LICENSE",
    "logger/__init__.py",
  ]);
  expect(Object.keys(manifest.files).filter((path) => path.startsWith("dags/"))).toHaveLength(3);
});

test("the compiled contract is canonical JSON", async () => {
  const { out } = await build(makeRepository());
  const text = archived(out)["etl/contracts/shelves.json"] ?? "";
  const contract = JSON.parse(text);
  expect(contract.key).toEqual(["shelf_id"]);
  expect(Object.keys(contract)).toEqual(Object.keys(contract).sort());
  expect(text).toBe(`${JSON.stringify(contract, null, 2)}\n`);
});

test("the same sources give the same bytes: another place, other times, made in another order", async () => {
  const first = makeRepository();
  const second = makeDirectory();
  for (const name of readdirSync(first).reverse())
    cpSync(join(first, name), join(second, name), { recursive: true });
  for (const path of Object.keys(contents(second))) utimesSync(join(second, path), 1, 1_000_000_000);
  const [one, other] = [await build(first), await build(second)];
  expect(Object.keys(contents(one.out))).toHaveLength(6);
  expect(contents(other.out)).toEqual(contents(one.out));
});

test("the same sources give the same bytes: another time zone, locale and umask", async () => {
  const root = makeRepository({ "etl/z.py": "", "etl/Ä.py": "", "etl/a.py": "" });
  const here = await build(root);
  const platform = join(__dirname, "..", "..", "..");
  const program = join(makeDirectory(), "build.cjs");
  execFileSync(join(platform, "node_modules", ".bin", "esbuild"), [
    join(platform, "release", "index.ts"),
    ...["--bundle", "--platform=node", "--format=cjs", `--outfile=${program}`, "--log-level=error"],
  ]);
  const out = join(makeDirectory(), "release");
  const script = `require(${JSON.stringify(program)}).buildBundle(${JSON.stringify({ outDir: out, root })})`;
  const env = { PATH: process.env.PATH, TZ: "Pacific/Kiritimati", LC_ALL: "sv_SE.UTF-8" };
  execFileSync("sh", ["-c", 'umask 077; exec "$0" -e "$1"', process.execPath, script], { env });
  expect(contents(out)).toEqual(contents(here.out));
});

test.each([
  ["a job", { "etl/cli.py": "def main():\n    return 1\n" }],
  ["the entry point", { "etl/main.py": "import etl\n" }],
  ["a DAG", { "dags/emr.py": "" }],
  ["a Spark setting", { "etl/spark-defaults.conf": "spark.sql.session.timeZone Europe/Brussels\n" }],
  ["a dependency", { [vendoredPath("logger/__init__.py")]: "LEVEL = 2\n" }],
])("another %s is another release", async (_, change) => {
  const [before, after] = [await build(makeRepository()), await build(makeRepository(change))];
  expect(after.manifest.release).not.toBe(before.manifest.release);
});

test.each([
  ["the package", { "etl/fast.so": "" }, "etl/fast.so"],
  [
    "a dependency",
    { [vendoredPath("logger/_speed.cpython-311-x86_64-linux-gnu.so")]: "" },
    "logger/_speed.cpython-311-x86_64-linux-gnu.so",
  ],
  ["a dependency's library", { [vendoredPath("logger.libs/libz.so.1.2")]: "" }, "logger.libs/libz.so.1.2"],
  ["a Windows module", { [vendoredPath("logger/_speed.pyd")]: "" }, "logger/_speed.pyd"],
  ["a macOS library", { [vendoredPath("logger/_speed.dylib")]: "" }, "logger/_speed.dylib"],
  ["the DAGs", { "dags/fast.so": "" }, "dags/fast.so"],
])("compiled code in %s is refused by name", async (_, change, path) => {
  await expect(build(makeRepository(change))).rejects.toThrow(
    new BundleError(`compiled code cannot travel in the bundle: ${path}`),
  );
});

test.each([
  ["etl/main.py", "etl/main.py is missing: a release needs it"],
  ["etl/spark-defaults.conf", "etl/spark-defaults.conf is missing: a release needs it"],
])("without %s there is no release", async (path, message) => {
  await expect(build(makeRepository({ [path]: null }))).rejects.toThrow(new BundleError(message));
});

test("a file that Airflow cannot use is refused rather than lost", async () => {
  await expect(build(makeRepository({ "dags/notes.docx": "", "dags/a/b.exe": "" }))).rejects.toThrow(
    new BundleError("dags/a/b.exe, dags/notes.docx: Airflow has no use for such a file"),
  );
});

test("our own packages lie beside the DAGs in the release, without what only an installation needs", async () => {
  const root = makeRepository({
    "packages/stock/pyproject.toml": "[project]\n",
    "packages/stock/stock/__init__.py": "LEVEL = 1\n",
    "packages/stock/stock/levels/table.json": "{}",
    "packages/stock/stock/__pycache__/x.pyc": "",
  });
  const { out, manifest } = await build(root);
  const paths = Object.keys(manifest.files).filter((path) => path.includes("stock"));
  expect(paths).toEqual(["dags/stock/__init__.py", "dags/stock/levels/table.json"]);
  expect(readFileSync(join(out, "dags/stock/__init__.py"), "utf8")).toBe("LEVEL = 1\n");
});

test.each([
  ["a file that Airflow cannot use", "packages/stock/stock/notes.docx", "Airflow has no use for such a file"],
  ["compiled code", "packages/stock/stock/fast.so", "compiled code cannot travel in the bundle"],
])("%s in a package is refused by its path in the repository", async (_, path, problem) => {
  const message = await build(makeRepository({ [path]: "" })).then(String, (error: Error) => error.message);
  expect(message).toContain(path);
  expect(message).toContain(problem);
});

test("a build replaces the release that is there, whole", async () => {
  const root = makeRepository({ "dags/old.py": "" });
  const { out } = await build(root);
  expect(existsSync(join(out, "dags/old.py"))).toBe(true);
  const manifest = await buildBundle({ outDir: out, root: makeRepository() });
  expect(Object.keys(contents(out)).sort()).toEqual([...Object.keys(manifest.files), "manifest.json"].sort());
});

test("a build that fails leaves the release that is there, and nothing beside it", async () => {
  const root = makeRepository();
  const { out } = await build(root);
  const before = contents(out);
  writeFiles(root, { "etl/spark-defaults.conf": "nonsense\n" });
  await expect(buildBundle({ outDir: out, root })).rejects.toThrow(BundleError);
  expect(contents(out)).toEqual(before);
  expect(readdirSync(join(out, ".."))).toEqual(["release"]);
});

test("a directory that is no release is never replaced", async () => {
  const out = makeDirectory();
  writeFileSync(join(out, "thesis.txt"), "years of work");
  const attempt = buildBundle({ outDir: out, root: makeRepository() });
  await expect(attempt).rejects.toThrow(
    new BundleError(`${out} is not empty and holds no manifest.json: it would be replaced as a whole`),
  );
  expect(readdirSync(out)).toEqual(["thesis.txt"]);
});
