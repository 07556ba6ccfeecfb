import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BundleError } from "../../../release";
import { vendoredFiles } from "../../../release/assembly/vendored";
import { makeDirectory, writeFiles } from "../support/repository";

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

/** A repository whose requirements are not installed yet. */
function makeRoot(): string {
  const root = makeDirectory();
  writeFiles(root, { "requirements/bundle.txt": "logger==1.0 --hash=sha256:00\n" });
  return root;
}

/** Makes commands the only ones on the PATH; each is a shell script. */
function onlyCommands(scripts: Readonly<Record<string, string>>): string {
  const directory = makeDirectory();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(directory, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  process.env.PATH = directory;
  return directory;
}

/** Installs one package into --target, and notes how it was called. */
const install = `echo "$@" >> "$(dirname "$0")/calls"
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/logger" && echo "LEVEL = 1" > "$2/logger/__init__.py"`;

test("packages are installed once for the same requirements, by hash and from wheels only", async () => {
  const root = makeRoot();
  const commands = onlyCommands({ uv: install });
  expect([...(await vendoredFiles(root)).keys()]).toEqual(["logger/__init__.py"]);
  expect([...(await vendoredFiles(root)).keys()]).toEqual(["logger/__init__.py"]);
  const calls = readFileSync(join(commands, "calls"), "utf8").trim().split("\n");
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^pip install .*--no-deps --require-hashes --no-build .*--python-version 3\.9 /);
  writeFiles(root, { "requirements/bundle.txt": "logger==1.1 --hash=sha256:00\n" });
  await vendoredFiles(root);
  expect(readFileSync(join(commands, "calls"), "utf8").trim().split("\n")).toHaveLength(2);
});

test("without uv, pip installs the same", async () => {
  const commands = onlyCommands({ python3: install });
  expect([...(await vendoredFiles(makeRoot())).keys()]).toEqual(["logger/__init__.py"]);
  expect(readFileSync(join(commands, "calls"), "utf8")).toMatch(
    /^-m pip install .*--require-hashes --only-binary=:all: .*--python-version 3\.9 --implementation py --abi none --platform any /,
  );
});

test("the repository's own uv is used where none is on the PATH", async () => {
  const root = makeRoot();
  onlyCommands({});
  const own = join(root, "build/tools/uv/bin");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "uv"), `#!/bin/sh\nPATH=/usr/bin:/bin\n${install}\n`, { mode: 0o755 });
  expect([...(await vendoredFiles(root)).keys()]).toEqual(["logger/__init__.py"]);
  expect(existsSync(join(own, "calls"))).toBe(true);
});

test("an installation that fails says why, and leaves nothing that a second one would trust", async () => {
  const root = makeRoot();
  onlyCommands({ uv: `${install}\necho "no such version" >&2; exit 1` });
  const requirements = join(root, "requirements", "bundle.txt");
  await expect(vendoredFiles(root)).rejects.toMatchObject({
    name: "BundleError",
    message: `${requirements}: uv could not install it\nno such version`,
    remedy:
      "if it could not be fetched, look at the network and the proxy; if it could not be resolved, run `make lock`",
  });
  expect(readdirSync(join(root, "build", "vendored"))).toEqual([]);
});

test("without uv and Python, the message says what to install", async () => {
  const root = makeRoot();
  onlyCommands({});
  await expect(vendoredFiles(root)).rejects.toThrow(
    new BundleError(
      `${join(root, "requirements", "bundle.txt")}: neither uv nor python3 is there to install it`,
    ),
  );
});
