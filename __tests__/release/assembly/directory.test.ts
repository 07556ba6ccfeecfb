import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { BundleError, buildBundle } from "../../../release";
import { failureWithin } from "../../base/file-limit";
import { makeDirectory, makeRepository, writeFiles } from "../support/repository";

describe("the directory of a release", () => {
  let root: string;
  let home: string;
  let out: string;

  beforeAll(() => {
    root = makeRepository();
  });

  beforeEach(() => {
    home = makeDirectory();
    out = join(home, "release");
  });

  const build = () => buildBundle({ outDir: out, root });

  const everything = (): string[] =>
    readdirSync(home, { recursive: true, encoding: "utf8" })
      .map((path) => `${path} ${lstatSync(join(home, path)).ino}`)
      .sort();

  test.each([
    ["a web app's", '{"name":"My web app"}'],
    ["a synthesis'", '{"version":"0.21.0","stacks":{"dev-lake":{}}}'],
    ["a release's that was edited", '{"schema_version":1,"release":"0000000000000000","files":{}}'],
    ["no JSON", "manifest"],
  ])("is not replaced when its manifest.json is %s", async (_, manifest) => {
    writeFiles(out, { "manifest.json": manifest, "index.html": "years of work" });
    const before = everything();
    await expect(build()).rejects.toThrow(
      new BundleError(`${out}: its manifest.json is not that of a release; nothing was changed`),
    );
    expect(everything()).toEqual(before);
  });

  test.each(["notes.txt", "dags/mine.py", "dags/__pycache__/notes.txt"])(
    "is not replaced when it also holds %s",
    async (name) => {
      await build();
      writeFiles(out, { [name]: "years of work" });
      const before = everything();
      await expect(build()).rejects.toThrow(
        `${out} also holds ${name}, which its manifest.json does not list; nothing was changed`,
      );
      expect(everything()).toEqual(before);
    },
  );

  test("is not replaced when it also holds a symbolic link", async () => {
    await build();
    mkdirSync(join(home, "elsewhere"));
    symlinkSync(join(home, "elsewhere"), join(out, "dags", "linked"));
    await expect(build()).rejects.toThrow(`${out} also holds dags/linked`);
  });

  test("is replaced when Python compiled its files", async () => {
    await build();
    writeFiles(out, { "dags/__pycache__/emr.cpython-311.pyc": "" });
    await build();
    expect(existsSync(join(out, "dags", "__pycache__"))).toBe(false);
  });

  test.each(["there", "not there yet"])(
    "may be behind a symbolic link, which stays one: %s",
    async (state) => {
      const target = join(home, "target");
      if (state === "there") mkdirSync(target);
      symlinkSync("target", out);
      await build();
      await build();
      expect(lstatSync(out).isSymbolicLink()).toBe(true);
      expect(lstatSync(target).isDirectory()).toBe(true);
      expect(readdirSync(target)).toContain("manifest.json");
      expect(readdirSync(home).sort()).toEqual(["release", "target"]);
    },
  );

  test("behind a symbolic link is not replaced when it is not a release", async () => {
    writeFiles(join(home, "target"), { "thesis.txt": "years of work" });
    symlinkSync("target", out);
    await expect(build()).rejects.toThrow("target is not empty and holds no manifest.json");
    expect(readFileSync(join(home, "target", "thesis.txt"), "utf8")).toBe("years of work");
  });

  test("that the disk has no room for is named, and nothing changes", async () => {
    await build();
    const before = everything();
    const options = JSON.stringify({ outDir: out, root });
    expect(failureWithin(0, "release/index.ts", `it.buildBundle(${options})`)).toBe(
      `${out}: cannot be written: the file is larger than this process may write`,
    );
    expect(everything()).toEqual(before);
  });

  test("is not a file", async () => {
    writeFileSync(out, "mine");
    await expect(build()).rejects.toThrow(`${out} is not a folder`);
    expect(readFileSync(out, "utf8")).toBe("mine");
    rmSync(out);
  });
});
