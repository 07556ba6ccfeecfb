import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import type { Verdict } from "../account/verdict";
import { satisfies } from "../terraform/version";

/** A program that can be asked for its version. */
export interface Program {
  /** What it may be called, or where it may be; the first that is there counts. */
  readonly names: readonly string[];
  readonly args: readonly string[];
  /** Its first group is the version. */
  readonly version: RegExp;
  /** As Terraform writes constraints. @default any version */
  readonly wanted?: string;
  /** What to do when there is none, or one of the wrong version. */
  readonly remedy: string;
  /** A folder to look in before the PATH. @default the PATH alone */
  readonly before?: string;
}

/** Runs the first of a program's names that is there, and judges the version it says. */
export function askVersion(program: Program): Verdict {
  const { names, remedy } = program;
  for (const name of names) {
    const verdict = askOne(name, program);
    if (verdict !== undefined) return verdict;
  }
  const [first = ""] = names;
  return {
    state: "missing",
    detail: first.includes("/") ? `no ${first}` : `no ${first} on the PATH`,
    remedy,
  };
}

/** What one name says; undefined when nothing has that name. */
function askOne(name: string, { args, version, wanted, remedy, before }: Program): Verdict | undefined {
  const path = process.env.PATH ?? "";
  const env = { ...process.env, PATH: before === undefined ? path : `${before}${delimiter}${path}` };
  const { error, stdout, stderr, status } = spawnSync(name, [...args], { env, encoding: "utf8" });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return undefined;
  const found = version.exec(`${stdout}\n${stderr}`)?.[1];
  if (status !== 0 || found === undefined)
    return { state: "wrong", detail: `${name} is there and does not run`, remedy };
  if (wanted !== undefined && !satisfies(found, wanted))
    return { state: "wrong", detail: `${name} is ${found}, wanted is ${wanted}`, remedy };
  return { state: "ok", detail: found };
}
