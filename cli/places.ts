import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The repository's root: the nearest folder above this module that has a package.json. */
function findRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`no package.json above ${__dirname}`);
  return findRoot(parent);
}

const root = findRoot(__dirname);

/**
 * Where things are: absolute paths. Everything generated is under build/, but the synthesized stacks, which are where
 * CDKTF puts them: in CDKTF_OUTDIR, by default cdktf.out.
 */
export const places = {
  root,
  environments: join(root, "environments"),
  certificates: join(root, "certificates", "private"),
  synthesis: process.env.CDKTF_OUTDIR ? resolve(process.env.CDKTF_OUTDIR) : join(root, "cdktf.out"),
  build: join(root, "build"),
  bundle: join(root, "build", "bundle"),
  parsed: join(root, "build", "environments.json"),
  lake: join(root, "build", "lake"),
  data: join(root, "build", "data"),
  contracts: join(root, "build", "contracts"),
  jars: join(root, "build", "jars"),
  report: join(root, "build", "report.html"),
  plans: join(root, "build", "plans"),
  reviews: join(root, "build", "review"),
  pluginCache: join(root, "build", "terraform-plugins"),
  toolsPython: join(root, ".venv", "tools", "bin", "python"),
  sparkPython: join(root, ".venv", "etl", "bin", "python"),
} as const;

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A path as people read it: from here when it is below, else absolute. */
export function shown(path: string): string {
  const local = relative(process.cwd(), path);
  return local.startsWith("..") ? path : local || ".";
}
