import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { satisfies } from "../../cli/terraform/version";
import { root } from "./markdown";

const preflight = join(root, "requirements", "preflight");
const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const oldestNodes = [...engines.node.matchAll(/>=([\d.]+)/g)].map(([, version = ""]) => version);

/** Whether a range of npm's admits a version. */
function admits(range: string, version: string): boolean {
  const asTerraform = (comparator: string): string => {
    const [, operator = "", major = "", rest = ""] = /^([>=<^]*)\s*(\d+)((?:\.\d+)*)/.exec(comparator) ?? [];
    if (operator === "^") return `>= ${major}${rest}, < ${Number(major) + 1}`;
    return operator === "" ? `>= ${major}, < ${Number(major) + 1}` : `${operator} ${major}${rest}`;
  };
  return range.split("||").some((alternative) => {
    const comparators = alternative.trim().match(/[>=<^]*\s*\d[\w.*]*/g) ?? [];
    return comparators.every((comparator) => satisfies(version, asTerraform(comparator)));
  });
}

describe("the README's prerequisites", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, table = ""] = /\| program \| needed by \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const listed = [...table.matchAll(/^\| ([^|]+?) \|/gm)].map(([, program = ""]) => program);

  test("are what the targets check before they start", () => {
    const checked = execFileSync(preflight, ["--list"], { encoding: "utf8" }).trim().split("\n");
    const names = listed.map((program) => program.replace(/,.*/, "").replace(/\+.*/, ""));
    expect(names).toEqual(checked.map((name) => (name === "Node" ? `Node ${oldestNodes[0]}` : name)));
  });

  test("name the versions of Node that package.json admits", () => {
    expect(listed[0]).toBe("Node 20.19+, 22.13+ or 24+");
    expect(oldestNodes).toEqual(["20.19", "22.13", "24"]);
  });
});

test("every locked package runs on the oldest versions of Node that package.json admits", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const ranges = Object.entries<{ engines?: { node?: string } }>(packages).flatMap(([path, { engines }]) =>
    engines?.node === undefined ? [] : [{ path, range: engines.node }],
  );
  expect(ranges.length).toBeGreaterThan(500);
  const refusing = ranges.flatMap(({ path, range }) =>
    oldestNodes.filter((version) => !admits(range, version)).map((version) => `${path}: ${version}`),
  );
  expect(refusing).toEqual([]);
  expect(admits(">=6 <7 || ^20.19.0", "20.18.3")).toBe(false);
  expect(admits("18 || 20 || >=22", "21.1.0")).toBe(false);
});

describe("a target", () => {
  const tiers = ["typescript", "security", "etl", "services", "metadata", "dags", "clocks"].map(
    (name) => `test-${name}`,
  );
  const targets = ["demo", "install", "install-test", "install-deploy", "test", ...tiers];

  test.each(targets)("%s checks what it needs first", (target) => {
    const makefile = readFileSync(join(root, "Makefile"), "utf8");
    const [, first] = new RegExp(`^${target}: (\\S+)`, "m").exec(makefile) ?? [];
    expect(first).toBe(`needs-${target === "demo" ? "install" : target}`);
  });

  test("names in one sentence each what a machine lacks", () => {
    const folder = mkdtempSync(join(tmpdir(), "path-"));
    for (const program of ["bash", "dirname", "find", "grep", "head", "sed", "tr"]) {
      const found = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
      symlinkSync(found, join(folder, program));
    }
    const env = { PATH: folder, CHROMIUM: join(folder, "chromium"), PYENV_ROOT: folder };
    const { status, stderr } = spawnSync(preflight, ["test"], { env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    const lines = stderr.trim().split("\n");
    expect(lines.map((line) => /^make test needs (.*?): there is no .+; .*install/.exec(line)?.[1])).toEqual(
      expect.arrayContaining(["Node", "Python 3.11", "Java 17", "Python 3.12", "git", "OpenSSL", "Chromium"]),
    );
    expect(lines).not.toContainEqual(expect.stringContaining("faketime"));
  });
});
