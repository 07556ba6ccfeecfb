import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../../base/failure";
import { makeFolder } from "../../base/files";
import {
  copiesOf,
  type DatasetEvidence,
  type Evidence,
  proposeContract,
} from "../../contracts/compiler/propose";
import { layout } from "../../contracts/layout";
import { isFolder, places, shown } from "../places";
import { scratchFolder } from "../scratch";
import type { Jobs } from "../spark/jobs";

/** What to look at, and where what is proposed goes. */
export interface InferOptions {
  /** A file, or a folder of files. */
  readonly data: string;
  /** A folder, or the one contract's file, `<name>.odcs.yaml`. */
  readonly output: string;
  /** Name of the one dataset. @default what the files are called */
  readonly name?: string;
  readonly run: Jobs["run"];
}

const EXTENSION = ".odcs.yaml";

/**
 * Looks at data and writes a contract for every dataset in it.
 *
 * @returns the files that were written
 * @throws Failure when a name or a file was given for several datasets
 */
export async function infer({ data, output, name, run }: InferOptions): Promise<string[]> {
  const folder = scratchFolder("evidence");
  try {
    const file = join(folder, "evidence.json");
    await run(layout.jobs.infer.name, ["--input", data, "--output", file]);
    const { datasets } = JSON.parse(readFileSync(file, "utf8")) as Evidence;
    for (const { name: dataset, files } of datasets)
      for (const { path, reason } of files.refused)
        console.log(`  ${dataset}: refused ${basename(path)}: ${reason}`);
    for (const dataset of datasets.filter(({ copies }) => copies > 0))
      console.log(`  ${dataset.name}: ${copiesOf(dataset)}`);
    return write(datasets, output, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(datasets: readonly DatasetEvidence[], output: string, name: string | undefined): string[] {
  const isFile = output.endsWith(EXTENSION) && !isFolder(output);
  if (datasets.length > 1 && (isFile || name !== undefined))
    throw new Failure(
      `there are ${datasets.length} datasets: ${datasets.map((dataset) => dataset.name).join(", ")}`,
      "leave out --name, and name a folder with --output",
    );
  const folder = isFile ? dirname(output) : output;
  makeFolder(folder);
  return datasets.map((dataset) => {
    const own = name ?? (isFile ? basename(output, EXTENSION) : dataset.name);
    const file = isFile ? output : join(folder, `${own}${EXTENSION}`);
    keepEdited(file, proposeContract(dataset, own));
    return file;
  });
}

/** What people have corrected is never written over. */
function keepEdited(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") !== text)
    throw new Failure(
      `${shown(file)}: is there, and says something else than what was inferred now`,
      "pass it with --contract, or move it away",
    );
  writeFileSync(file, text);
}

/** What `platform contract infer` is asked to do. */
export interface InferCommand {
  readonly data: string;
  readonly output: string | undefined;
  readonly name: string | undefined;
}

/** Builds the release, runs its job `infer`, and returns what is to be said of it. */
export async function inferContracts({ data, output, name }: InferCommand): Promise<string> {
  const { prepareJobs } = await import("../spark/jobs");
  const path = resolve(data);
  requireData(path);
  refuseName(output, name);
  const { run } = await prepareJobs({
    output: places.data,
    logs: join(places.data, "logs", "infer"),
    reads: () => [path],
  });
  const target = resolve(output ?? places.contracts);
  const written = await infer({ data: path, output: target, ...(name === undefined ? {} : { name }), run });
  return [
    ...written.map((file) => `written: ${shown(file)}`),
    "read it before you rely on it: the comments say what was seen, the rules what will be refused",
    `next: ./platform run --data ${shown(path)} --contract ${shown(written.length === 1 ? String(written[0]) : target)}`,
  ].join("\n");
}

/** @throws Failure when there is nothing at the path */
export function requireData(path: string): void {
  if (!existsSync(path))
    throw new Failure(`${shown(path)}: there is no such file or folder`, "name a file, or a folder of files");
}

function refuseName(output: string | undefined, name: string | undefined): void {
  if (name !== undefined && !/^[a-z][a-z0-9_]*$/.test(name))
    throw new Failure(`--name ${name}: is not a name of a table`, "use lower-case letters, digits and _");
  if (output === undefined || !/\.ya?ml$/.test(output)) return;
  if (!output.endsWith(EXTENSION))
    throw new Failure(
      `--output ${output}: does not end in ${EXTENSION}`,
      `use <name>${EXTENSION}, or a folder`,
    );
  if (name !== undefined && basename(output) !== `${name}${EXTENSION}`)
    throw new Failure(
      `--output ${output}: is not the file of ${name}`,
      `use ${name}${EXTENSION}, or a folder`,
    );
}
