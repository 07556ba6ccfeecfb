import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { buildBundle } from "../../../release/assembly/assemble";
import { makeDirectory, makeRepository } from "../support/repository";

/** A private key of any kind begins so; no key is in the tests. */
const armour = (kind: string): string => `-----BEGIN ${kind}-----\nMIIB\n-----END ${kind}-----\n`;

interface Built {
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

async function build(root: string): Promise<Built> {
  const warnings: string[] = [];
  const { files } = await buildBundle({
    root,
    outDir: join(makeDirectory(), "out"),
    warn: (message) => warnings.push(message),
  });
  return { paths: Object.keys(files), warnings };
}

test.each([
  ["dags/key.pem", armour("PRIVATE KEY")],
  ["dags/key.txt", `a note\n${armour("RSA PRIVATE KEY")}`],
  ["dags/settings.py", `KEY = """${armour("EC PRIVATE KEY")}"""\n`],
  ["dags/data.json", JSON.stringify({ key: armour("ENCRYPTED PRIVATE KEY") })],
  ["etl/keys.py", `KEY = """${armour("OPENSSH PRIVATE KEY")}"""\n`],
  ["etl/main.py", `KEY = """${armour("PGP PRIVATE KEY BLOCK")}"""\n`],
  ["packages/stock/stock/key.sql", armour("DSA PRIVATE KEY")],
])("a private key in %s is refused", async (path, text) => {
  const name = path.replace(/^packages\/stock\//, "dags/");
  await expect(build(makeRepository({ [path]: text }))).rejects.toThrow(
    `${name}: holds a private key, which cannot travel in a release`,
  );
});

test("a certificate and a public key travel", async () => {
  const root = makeRepository({ "dags/ca.pem": armour("CERTIFICATE"), "dags/key.pem": armour("PUBLIC KEY") });
  expect((await build(root)).paths).toEqual(expect.arrayContaining(["dags/ca.pem", "dags/key.pem"]));
});

test.each([
  ["dags/link.py", "/etc/hostname"],
  ["dags/folder", ".."],
  ["dags/link.txt", "nowhere.txt"],
  ["etl/link.py", "../../outside.py"],
])("%s as a link to %s is refused", async (path, target) => {
  const root = makeRepository({});
  symlinkSync(target, join(root, path));
  await expect(build(root)).rejects.toThrow(
    `${path}: a link to something that is not a file of the repository`,
  );
});

test("a link to a file of the repository travels as the file", async () => {
  const root = makeRepository({ "etl/spark.sql": "select 1" });
  symlinkSync("../etl/spark.sql", join(root, "dags", "spark.sql"));
  expect((await build(root)).paths).toContain("dags/spark.sql");
});

test("what git ignores stays behind and is named; what is committed all the same travels", async () => {
  const root = makeRepository({
    ".gitignore": "*.local.py\nsecrets/\nkept.txt\n",
    "dags/mine.local.py": "",
    "dags/secrets/token.txt": "s3cret",
    "dags/kept.txt": "kept",
    "etl/mine.local.py": "",
  });
  for (const args of [
    ["init", "--quiet"],
    ["add", "--force", "dags/kept.txt"],
  ])
    expect(spawnSync("git", ["-C", root, ...args]).status).toBe(0);
  const { paths, warnings } = await build(root);
  expect(paths).toContain("dags/kept.txt");
  expect(paths.filter((path) => /local|secret/.test(path))).toEqual([]);
  expect(warnings).toEqual([
    "etl/mine.local.py: git ignores it, so the release leaves it out",
    "dags/mine.local.py, dags/secrets/token.txt: git ignores it, so the release leaves it out",
  ]);
});

test("without git everything travels, and nothing is said", async () => {
  const root = makeRepository({ ".gitignore": "*.txt\n", "dags/note.txt": "" });
  expect(await build(root)).toMatchObject({ paths: expect.arrayContaining(["dags/note.txt"]), warnings: [] });
});
