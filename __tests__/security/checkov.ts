import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const executable = process.env.CHECKOV || join(__dirname, "..", "..", ".venv", "checkov", "bin", "checkov");

/** One check that one resource did not pass. */
export interface Finding {
  readonly check: string;
  /** What the check demands. */
  readonly demands: string;
  readonly stack: string;
  /** Terraform address within the stack. */
  readonly address: string;
}

export interface Scan {
  readonly passed: number;
  readonly failed: readonly Finding[];
}

/**
 * Runs checkov, its graph checks included, over the JSON of some stacks.
 * Its parser takes no text inside the blocks `terraform` (`required_version`) and `removed` (`from`), which no check
 * reads: they are left out.
 * @param stacks JSON text by stack
 * @param home an empty directory
 * @throws when checkov is missing, cannot parse a stack or sees no resource
 */
export async function scan(stacks: ReadonlyMap<string, string>, home: string): Promise<Scan> {
  if (!existsSync(executable)) {
    throw new Error(`${executable} is missing: \`make install-test\` installs it, CHECKOV names another`);
  }
  const lines = new Map<string, readonly string[]>();
  for (const [stack, text] of stacks) {
    const { terraform: _, removed: __, ...rest } = JSON.parse(text);
    const staged = JSON.stringify(rest, null, 2);
    lines.set(stack, staged.split("\n"));
    mkdirSync(join(home, stack));
    writeFileSync(join(home, stack, "cdk.tf.json"), staged);
  }
  const { summary, results } = JSON.parse(await run(home));
  if (summary.parsing_errors > 0) throw new Error(`checkov could not parse ${summary.parsing_errors} stacks`);
  if (summary.passed === 0) throw new Error("checkov saw no resource: nothing passed");
  return {
    passed: summary.passed,
    failed: results.failed_checks.map((found: Record<string, unknown>) => {
      const stack = String(found.file_path).split("/")[1] ?? "";
      const [line = 0] = found.file_line_range as number[];
      return {
        check: String(found.check_id),
        demands: String(found.check_name),
        stack,
        address: addressAt(lines.get(stack) ?? [], line),
      };
    }),
  };
}

/** Checkov names a resource without its type: the address is that of the block around the line it points to. */
function addressAt(lines: readonly string[], line: number): string {
  const above = lines.slice(0, line).reverse();
  const key = (indent: number): string | undefined =>
    above.map((text) => text.match(new RegExp(`^ {${indent}}"([^"]+)": \\{$`))?.[1]).find((name) => name);
  return `${key(4)}.${key(6)}`;
}

function run(directory: string): Promise<string> {
  const args = ["--directory", directory, "--framework", "terraform_json", "--output", "json"];
  return new Promise((resolve, reject) => {
    const options = ["--compact", "--quiet", "--skip-download", "--soft-fail"];
    const child = spawn(executable, [...args, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(output.stdout)
        : reject(new Error(`checkov ended with ${code}:\n${output.stderr}`)),
    );
  });
}
