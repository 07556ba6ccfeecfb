import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { repositoryRoot } from "../base/repository";

const root = repositoryRoot();

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
  kafka: join(root, "build", "kafka"),
  search: join(root, "build", "search"),
  stream: join(root, "build", "stream"),
  report: join(root, "build", "report.html"),
  explore: join(root, "build", "explore"),
  plans: join(root, "build", "plans"),
  reviews: join(root, "build", "review"),
  pluginCache: join(root, "build", "terraform-plugins"),
  toolsPython: join(root, ".venv", "tools", "bin", "python"),
  sparkPython: join(root, ".venv", "etl", "bin", "python"),
  /** Exists where the jobs' Python has OpenSearch's client. */
  searchClient: join(root, ".venv", "etl", ".search"),
  explorePython: join(root, ".venv", "explore", "bin", "python"),
  /** Exists where the application's Python has the models of English texts. */
  languageModels: join(root, ".venv", "explore", ".nlp"),
  servicesPython: join(root, ".venv", "services", "bin", "python"),
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
