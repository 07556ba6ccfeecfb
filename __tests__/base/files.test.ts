import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder, makeUnique, writeWhole } from "../../base/files";
import { failureWithin } from "./file-limit";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "files-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

describe("a file is written whole", () => {
  test("with its folder, over what is there", () => {
    const file = join(directory, "a", "b", "c.txt");
    writeWhole(file, "one");
    writeWhole(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
  });

  test("into a pipe, which stays one", async () => {
    const pipe = join(directory, "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] });
    const [chunk] = await Promise.all([
      once(reader.stdout, "data"),
      Promise.resolve().then(() => writeWhole(pipe, "through")),
    ]);
    expect(String(chunk)).toBe("through");
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test("into a device, which stays one and may be full", () => {
    const [device, isDevice] = ["/dev/full", () => statSync("/dev/full").isCharacterDevice()];
    expect(isDevice()).toBe(true);
    expect(() => writeWhole(device, "x")).toThrow("/dev/full: cannot be written: the disk is full");
    expect(isDevice()).toBe(true);
  });

  test("or not at all, where the system takes only its first bytes", () => {
    const file = join(directory, "file");
    writeWhole(file, "before");
    for (const text of ['"x".repeat(40_000)', '"é".repeat(40_000)', "Buffer.alloc(40_000)"])
      expect(failureWithin(32_768, "base/files.ts", `it.writeWhole(${JSON.stringify(file)}, ${text})`)).toBe(
        `${file}: cannot be written: the file is larger than this process may write`,
      );
    expect(readFileSync(file, "utf8")).toBe("before");
    expect(readdirSync(directory)).toEqual(["file"]);
  });

  test("with the permissions of the file that it replaces, or those asked for", () => {
    const file = join(directory, "file");
    writeWhole(file, "one", 0o600);
    expect(statSync(file).mode & 0o7777).toBe(0o600);
    chmodSync(file, 0o664);
    writeWhole(file, "two");
    expect(statSync(file).mode & 0o7777).toBe(0o664);
    writeWhole(file, "three", 0o640);
    expect(statSync(file).mode & 0o7777).toBe(0o640);
    writeWhole(join(directory, "new"), "");
    expect(statSync(join(directory, "new")).mode & 0o7777).toBe(0o666 & ~process.umask());
  });

  test.each(["there", "not there yet"])(
    "through a symbolic link, which stays one: its target is %s",
    (state) => {
      mkdirSync(join(directory, "real"));
      const [target, link] = [join(directory, "real", "target"), join(directory, "link")];
      if (state === "there") writeFileSync(target, "one");
      symlinkSync("real/target", link);
      writeWhole(link, "two");
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readFileSync(target, "utf8")).toBe("two");
    },
  );

  test("and not over a folder", () => {
    expect(() => writeWhole(directory, "x")).toThrow(`${directory}: is a folder`);
    expect(existsSync(directory)).toBe(true);
  });
});

describe("a folder that cannot be made is named with the reason", () => {
  test.each([
    ["/proc/x/y", "/proc/x: the folder cannot be made: this file system has no folders of one's own"],
    ["/dev/null/x", "/dev/null: the folder cannot be made: a file of that name exists"],
  ])("%s", (folder, message) => {
    expect(() => makeFolder(folder)).toThrow(message);
  });

  test("so is the place of one with a name of its own", () => {
    expect(() => makeUnique("/proc/x-")).toThrow("/proc: no folder can be made in it: ");
    writeFileSync(join(directory, "file"), "");
    expect(() => makeUnique(join(directory, "file", "x-"))).toThrow("file: the folder cannot be made");
  });

  test("and one that is there is no error", () => {
    mkdirSync(join(directory, "a"));
    expect(() => makeFolder(join(directory, "a"))).not.toThrow();
    expect(statSync(makeUnique(join(directory, "a", "x-"))).isDirectory()).toBe(true);
  });
});
