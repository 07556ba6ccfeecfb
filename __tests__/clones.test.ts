import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const detector = join(__dirname, "..", ".ci", "clones.cjs");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clones-"));
  execFileSync("git", ["init", "--quiet", folder]);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lines of one shape, each with its own names and numbers. */
const lines = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `  const ${prefix}${index} = make("${prefix}", ${index});`);

const write = (path: string, ...text: readonly string[]) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${text.join("\n")}\n`);
};

const detect = () => spawnSync(process.execPath, [detector], { cwd: folder, encoding: "utf8" });

test("two capabilities that share thirteen lines of one shape are named, with file and line", () => {
  write("stacks/kafka/stack.ts", "export class Kafka {", ...lines(13, "topic"));
  write("stacks/search/stack.ts", "// another beginning", ...lines(13, "index"));
  const { status, stderr } = detect();
  expect(stderr).toBe(
    "kafka and search share 13 lines of the same shape (stacks/kafka/stack.ts:2 and stacks/search/stack.ts:2); " +
      "move what they have in common into one place (at most 12)\n",
  );
  expect(status).toBe(1);
});

test("short copies in several files add up", () => {
  for (const [name, prefix] of [
    ["kafka", "topic"],
    ["search", "index"],
  ] as const) {
    write(`stacks/${name}/stack.ts`, ...lines(8, prefix));
    write(`modules/${name}/${name}.ts`, ...lines(8, prefix), "export {};");
  }
  const { status, stderr } = detect();
  expect(stderr).toMatch(/^kafka and search share \d{2} lines of the same shape/);
  expect(status).toBe(1);
});

test.each([
  ["twelve lines", "stacks/search/stack.ts", 12],
  ["files of one capability", "stacks/kafka/topics.ts", 13],
])("%s may be alike", (_, path, count) => {
  write("stacks/kafka/stack.ts", ...lines(count, "topic"));
  write(path, ...lines(count, "index"));
  expect(detect()).toMatchObject({ status: 0, stderr: "" });
});
