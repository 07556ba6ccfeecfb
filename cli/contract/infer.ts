import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../../base/failure";
import { makeFolder, writeWhole } from "../../base/files";
import { EXTENSION } from "../../contracts/compiler";
import {
  copiesOf,
  type DatasetEvidence,
  type Evidence,
  headerComment,
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

/** A dataset that a run, or its contracts, are without. */
export interface LeftOut {
  readonly dataset: string;
  readonly reason: string;
}

/** Contracts that were written, and what there is none for. */
export interface Inferred {
  readonly written: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Looks at data and writes a contract for every dataset in it that can be read.
 *
 * @throws Failure when a name or a file was given for several datasets
 */
export async function infer({ data, output, name, run }: InferOptions): Promise<Inferred> {
  const folder = scratchFolder("evidence");
  try {
    const file = join(folder, "evidence.json");
    await run(layout.jobs.infer.name, ["--input", data, "--output", file]);
    const { datasets, left_out } = JSON.parse(readFileSync(file, "utf8")) as Evidence;
    for (const dataset of datasets)
      for (const note of notesOn(dataset)) console.log(`  ${dataset.name}: ${note}`);
    const leftOut = left_out.map(({ name: dataset, reason }) => ({ dataset, reason }));
    return { written: write(datasets, output, name), leftOut };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What people must know of a dataset that the contract is silent on, or says in a comment alone. */
function notesOn(dataset: DatasetEvidence): string[] {
  return [
    ...dataset.files.refused.map(({ path, reason }) => `refused ${basename(path)}: ${reason}`),
    ...(dataset.is_header_evident ? [] : [headerComment(dataset)]),
    ...(dataset.copies > 0 && dataset.key.length > 0 ? [copiesOf(dataset)] : []),
  ];
}

/** @throws Failure that names the datasets that were left out, when there are any */
export function refuseLeftOut(done: string, leftOut: readonly LeftOut[]): void {
  if (leftOut.length === 0) return;
  throw new Failure(
    [`${done}, without:`, ...leftOut.map(({ dataset, reason }) => `  ${dataset}: ${reason}`)].join("\n"),
    "mend these files, write a contract for them, or take them away",
  );
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
  writeWhole(file, text);
}

/** What `platform contract infer` is asked to do. */
export interface InferCommand {
  readonly data: string;
  readonly output: string | undefined;
  readonly name: string | undefined;
}

/** Builds the release, runs its job `infer`, and returns the summary that is printed. */
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
  const named = name === undefined ? {} : { name };
  const { written, leftOut } = await infer({ data: path, output: target, ...named, run });
  const summary = [
    ...written.map((file) => `written: ${shown(file)}`),
    "read it before you rely on it: the comments say what was seen, the rules what will be refused",
    `next: ./platform run --data ${shown(path)} --contract ${shown(written.length === 1 ? String(written[0]) : target)}`,
  ].join("\n");
  if (leftOut.length > 0) console.log(summary);
  refuseLeftOut("contracts are written", leftOut);
  return summary;
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
