import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, CommanderError } from "commander";
import { createProgram } from "../../cli/main";
import { root } from "./markdown";
import type { Words } from "./shell";

type Judge = (args: Words) => Promise<string | undefined> | string | undefined;

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const makefile = readFileSync(join(root, "Makefile"), "utf8");
const targets = new Set([...makefile.matchAll(/^([a-z][a-z-]*):/gm)].map(([, name]) => name));
const subcommands = [
  "apply",
  "destroy",
  "force-unlock",
  "import",
  "init",
  "output",
  "plan",
  "show",
  "state",
  "validate",
  "version",
];

/** Programs of every Unix, of which a guide uses what everybody knows. */
const plain = new Set([
  "base64",
  "cat",
  "cd",
  "cp",
  "curl",
  "date",
  "echo",
  "export",
  "git",
  "grep",
  "gzip",
  "head",
  "jq",
  "ls",
  "mkdir",
  "mv",
  "nslookup",
]);
for (const name of ["printf", "psql", "rm", "sed", "seq", "sort", "tar", "test", "unset"]) plain.add(name);

const judges: Readonly<Record<string, Judge>> = {
  "./platform": judgePlatform,
  make: judgeMake,
  npm: ([verb, flag, name]) => {
    if (verb === "ci" || (verb === "install" && flag === "--package-lock-only")) return undefined;
    const script = flag === "--silent" || flag === "-s" ? name : flag;
    return verb === "run" && script !== undefined && script in scripts ? undefined : "no such npm script";
  },
  npx: ([name = ""]) => {
    return existsSync(join(root, "node_modules", ".bin", name))
      ? undefined
      : "no such program in node_modules";
  },
  terraform: (args) => {
    const verb = args.find((arg) => !arg.startsWith("-"));
    return verb !== undefined && subcommands.includes(verb) ? undefined : "no such subcommand of Terraform";
  },
  python3: ([script = ""]) => judgePath(script),
  "main.py": () => judgePath("etl/main.py"),
};

/**
 * What is wrong with a command of a guide, undefined when nothing is.
 * `aws` commands are judged together, by `aws.py`.
 */
export async function judge([name = "", ...args]: Words): Promise<string | undefined> {
  const known = judges[name];
  if (known !== undefined) return known(args);
  if (name.startsWith(".venv/")) return judgeVenv([name, ...args]);
  if (name.includes("/")) return judgePath(name);
  return name === "aws" || plain.has(name) ? undefined : "no such command";
}

/** Commander's own parser says it; nothing is run. */
async function judgePlatform(args: Words): Promise<string | undefined> {
  const program = createProgram();
  silence(program);
  try {
    await program.parseAsync(["node", "platform", ...args]);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error.message;
  }
}

function silence(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const child of command.commands) silence(child);
}

function judgeMake(args: Words): string | undefined {
  const wrong = args.filter((arg) => !arg.includes("=") && !targets.has(arg) && !/^\.venv\//.test(arg));
  return wrong.length === 0 ? undefined : `no target ${wrong.join(", ")} in the Makefile`;
}

/** Environments of Python are made by the Makefile; what they are told to run is here. */
function judgeVenv([program = "", ...args]: Words): string | undefined {
  const [, environment = ""] = program.split("/");
  if (!makefile.includes(`python_environment,${environment},`))
    return `the Makefile makes no .venv/${environment}`;
  const paths = args.filter((arg) => /^[\w./-]+\/[\w.-]+\.\w+$/.test(arg));
  return paths.map(judgePath).find((problem) => problem !== undefined);
}

function judgePath(path: string): string | undefined {
  return existsSync(join(root, path)) ? undefined : `${path} does not exist`;
}
