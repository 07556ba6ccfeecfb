import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../config";
import { openParser } from "../../config/hcl/parser";
import { validSource } from "./invalid/base";

jest.mock("../../config/hcl/parser", () => {
  const actual = jest.requireActual("../../config/hcl/parser");
  return { openParser: jest.fn(actual.openParser) };
});

const opened = openParser as jest.Mock;
let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "memory-"));
  file = join(directory, "parsed.json");
  writeFileSync(join(directory, "prod.tfvars"), validSource);
  opened.mockClear();
});

afterEach(() => rmSync(directory, { recursive: true }));

test("files that have not changed are not parsed again, and give the same", async () => {
  const first = await loadEnvironments(directory, file);
  expect(opened).toHaveBeenCalledTimes(3);
  expect(await loadEnvironments(directory, file)).toEqual(first);
  expect(opened).toHaveBeenCalledTimes(3);
});

test("a file that changed is parsed again, and what it said before is forgotten", async () => {
  await loadEnvironments(directory, file);
  const [before, size] = [readFileSync(file, "utf8"), Object.keys(answers()).length];
  writeFileSync(join(directory, "prod.tfvars"), `# another comment\n${validSource}`);
  await loadEnvironments(directory, file);
  expect(opened).toHaveBeenCalledTimes(6);
  expect(readFileSync(file, "utf8")).not.toBe(before);
  expect(Object.keys(answers())).toHaveLength(size);
});

test("problems are found again, those of the syntax and those behind it", async () => {
  for (const wrong of ["account_id = \n", `${validSource}\nproject = upper("x")\n`]) {
    writeFileSync(join(directory, "prod.tfvars"), wrong);
    const messages: string[] = [];
    for (let time = 0; time < 2; time += 1)
      await loadEnvironments(directory, file).catch((error: Error) => messages.push(JSON.stringify(error)));
    expect(messages).toHaveLength(2);
    expect(messages[1]).toBe(messages[0]);
  }
});

test.each(["{", "[]", "null"])("a memory that is %s is no memory", async (text) => {
  writeFileSync(file, text);
  expect(await loadEnvironments(directory, file)).toHaveLength(1);
});

test("without a file, and where none can be written, environments are read all the same", async () => {
  expect(await loadEnvironments(directory)).toHaveLength(1);
  const nowhere = join(directory, "prod.tfvars", "parsed.json"); // below a file
  expect(await loadEnvironments(directory, nowhere)).toHaveLength(1);
  expect(existsSync(nowhere)).toBe(false);
});

function answers(): Record<string, string> {
  return JSON.parse(readFileSync(file, "utf8"));
}
