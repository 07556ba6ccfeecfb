import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, loadEnvironments, type Problem } from "../../config";

const committed = join(__dirname, "..", "..", "environments");

describe("a file that is no plain text", () => {
  let directory: string;
  let file: string;
  let source: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sources-"));
    cpSync(committed, directory, { recursive: true });
    file = join(directory, "dev.tfvars");
    source = readFileSync(file, "utf8");
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const problems = async (): Promise<readonly Problem[]> => {
    try {
      await loadEnvironments(directory);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
  };

  test.each([
    ["UTF-16, little end first", [0xff, 0xfe], "utf16le"],
    ["UTF-16 by its mark alone", [0xfe, 0xff], "latin1"],
  ] as const)("as %s is named once", async (_, mark, encoding) => {
    writeFileSync(file, Buffer.concat([Buffer.from(mark), Buffer.from(source, encoding)]));
    expect(await problems()).toMatchObject([
      { file, line: 0, message: "is UTF-16, not UTF-8", allowed: "save the file as UTF-8" },
    ]);
  });

  test("with bytes of another encoding is refused at the line", async () => {
    const line = source.split("\n").findIndex((text) => text.startsWith("owner")) + 1;
    writeFileSync(file, Buffer.from(source.replace(/^owner .*$/m, 'owner = "Zo\u00eb"'), "latin1"));
    const found = await problems();
    expect(found.map(({ message }) => message)).toEqual(["is not UTF-8"]);
    expect(found[0]?.line).toBeLessThanOrEqual(line);
  });

  test("with characters that do not print is refused at the key", async () => {
    const banner = 'access = {\n  vpn = {\n    login_banner = "a\\u0007b"\n';
    writeFileSync(file, source.replace(/^access = \{\n {2}vpn = \{\n/m, banner));
    expect(await problems()).toMatchObject([
      { path: "access.vpn.login_banner", message: "contains a character that does not print" },
    ]);
  });

  test("that is nested deeper than the parser goes says so", async () => {
    writeFileSync(file, `${source}x = ${"{a=".repeat(3000)}1${"}".repeat(3000)}\n`);
    expect(await problems()).toMatchObject([{ file, message: "is nested too deeply" }]);
  });

  test("with thousands of unknown keys names the first ones and counts the others", async () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `key_${index} = 1`);
    writeFileSync(file, `${source}${keys.join("\n")}\n`);
    const found = await problems();
    expect(found).toHaveLength(11);
    expect(found.filter(({ message }) => message === "and 1989 others are not keys either")).toHaveLength(1);
  });

  test("that is no environment, by its size, is not parsed", async () => {
    writeFileSync(file, `${source}x = "${"x".repeat(1_000_000)}"\n`);
    expect(await problems()).toEqual([
      expect.objectContaining({ file, line: 0, message: `has ${source.length + 1_000_007} bytes` }),
    ]);
  });

  test("of an editor, hidden and leading nowhere, is left alone", async () => {
    symlinkSync("ada@host.1234", join(directory, ".#dev.tfvars"));
    expect(await problems()).toEqual([]);
  });

  test.each([
    ["a pipe", (path: string) => expect(spawnSync("mkfifo", [path]).status).toBe(0)],
    ["a folder", (path: string) => mkdirSync(path)],
  ])("but %s is named, and nobody waits for it", async (_, make) => {
    make(join(directory, "x.tfvars"));
    expect(await problems()).toMatchObject([{ message: "is not a file" }]);
  });
});

describe("a text", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "texts-"));
    cpSync(committed, directory, { recursive: true });
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const withDev = (from: RegExp, to: string): void => {
    const file = join(directory, "dev.tfvars");
    const before = readFileSync(file, "utf8");
    writeFileSync(
      file,
      before.replace(from, () => to),
    );
    expect(readFileSync(file, "utf8")).not.toBe(before);
  };

  test("with the escapes of HCL means what they stand for", async () => {
    withDev(
      /^access = \{\n {2}vpn = \{\n/m,
      'access = {\n  vpn = {\n    login_banner = "a $${x} %%{y} 100% $$"\n',
    );
    withDev(/^processing = \{\n/m, 'processing = {\n  spark_conf = { "spark.app.x" = "$${y}" }\n');
    const [dev] = await loadEnvironments(directory);
    expect(dev?.access.vpn.login_banner).toBe(`a ${"$"}{x} %{y} 100% $$`);
    expect(dev?.processing.spark_conf).toEqual({ "spark.app.x": `${"$"}{y}` });
  });

  test.each([
    [
      "set twice in two spellings",
      'spark_conf = { "spark.a" = "1", "spark\\u002ea" = "2" }',
      "is set a second time",
    ],
    [
      "that JavaScript keeps",
      'spark_conf = { "__proto__" = "1" }',
      "is a name that JavaScript keeps for itself",
    ],
  ])("as a key %s is refused", async (_, setting, message) => {
    withDev(/^processing = \{\n/m, `processing = {\n  ${setting}\n`);
    await expect(loadEnvironments(directory)).rejects.toThrow(message);
  });
});
