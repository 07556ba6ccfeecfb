import { readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { accountRules, type Neighbour } from "./accounts";
import { deploymentRules } from "./deployment-order";
import { type EnvironmentConfig, environmentSchema, withDerivedDefaults } from "./environment";
import { Memory } from "./hcl/memory";
import { type Document, nothing, readDocument } from "./hcl/read";
import { rangeWarnings } from "./network-ranges";
import { ConfigurationError, type Finding, formatPath, type Path, type Problem } from "./problems";
import type { FileFacts } from "./rule";
import { type Parts, ruleFindings } from "./rules";
import { controlFindings, schemaFindings, valueAt } from "./schema/findings";
import { validParts } from "./schema/valid-parts";
import { decodeSource } from "./source-text";
import { type ReadTopics, streamRules } from "./streams";
import { offerWarnings } from "./unknown-offers";

const extension = ".tfvars";

/** What the place of a file says of it. */
type SourceFile = Pick<FileFacts, "name" | "directory">;

/** A file that was read, with whatever is right in it and the problems found so far. */
interface Loaded {
  readonly name: string;
  readonly file: string;
  readonly directory: string;
  readonly document: Document;
  readonly parts: Parts;
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** Takes what is allowed in the environments, and better otherwise. */
export type Warn = (warnings: readonly Problem[]) => void;

/**
 * Reads and checks one environment, without comparing it to others.
 *
 * @param file path of a `.tfvars` file; its name is the environment's
 * @throws ConfigurationError with every problem of the file
 */
export async function loadEnvironment(file: string): Promise<EnvironmentConfig> {
  const loaded = await load(file, new Memory(undefined));
  throwProblems([loaded]);
  return environmentOf(loaded);
}

/**
 * Reads and checks every `.tfvars` file of a directory, each alone and all together.
 *
 * @param parsed a file that remembers what the parser said of files that have not changed. @default nothing is remembered
 * @param warn takes the warnings, once and only where nothing is wrong. @default nobody is warned
 * @param topics reads the topics of the contracts, with which Kafka clusters are compared. @default they are not compared
 * @returns the environments, by file name
 * @throws ConfigurationError with every problem of every file
 */
export async function loadEnvironments(
  directory: string,
  parsed?: string,
  warn: Warn = () => {},
  topics?: ReadTopics,
): Promise<EnvironmentConfig[]> {
  const files = await listFiles(directory);
  const memory = new Memory(parsed);
  const loaded = await Promise.all(files.map((file) => load(file, memory)));
  memory.save();
  const neighbours = loaded.map(neighbourOf);
  accountRules(neighbours);
  deploymentRules(neighbours);
  rangeWarnings(neighbours);
  offerWarnings(neighbours);
  await streamRules(neighbours, topics);
  throwProblems(loaded);
  const warnings = loaded.flatMap((one) => byLine(one.warnings));
  if (warnings.length > 0) warn(warnings);
  return loaded.map(environmentOf);
}

function neighbourOf(loaded: Loaded): Neighbour {
  const { name, file, parts, problems, warnings } = loaded;
  const into = (list: Problem[]) => (path: Path, message: string, allowed: string) => {
    list.push(locate(loaded, { path, message, allowed }));
  };
  return { name, file, parts, report: into(problems), warn: into(warnings) };
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    // A hidden file is an editor's: `.#prod.tfvars` is a link to nowhere while somebody edits it.
    const names = (await readdir(directory)).filter(
      (name) => name.endsWith(extension) && !name.startsWith("."),
    );
    if (names.length > 0) return names.sort().map((name) => join(directory, name));
  } catch (error) {
    throw new ConfigurationError([unreadable(directory, error)]);
  }
  const message = `has no file whose name ends in ${extension}`;
  const allowed = "add one for each environment, for example dev.tfvars";
  throw new ConfigurationError([wholeFile(directory, message, allowed)]);
}

async function load(path: string, memory: Memory): Promise<Loaded> {
  const source = await readSource(path);
  if (typeof source === "string")
    return check(displayName(path), sourceFile(path), await readDocument(source, memory));
  return {
    ...sourceFile(path),
    file: source.file,
    document: nothing,
    parts: {},
    problems: [source],
    warnings: [],
  };
}

/** Ten times what the largest environment needs; more is something else, and takes the parser a minute a megabyte. */
const MOST_BYTES = 65_536;

const tooLarge = `an environment has at most ${MOST_BYTES}: name the file otherwise, or shorten it`;

/** The text of a file. Reading a pipe would wait for somebody to write into it. */
async function readSource(path: string): Promise<string | Problem> {
  try {
    if (!(await stat(path)).isFile())
      return wholeFile(path, "is not a file", "remove it, or give it another name");
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES) return wholeFile(path, `has ${bytes.length} bytes`, tooLarge);
    const source = decodeSource(bytes);
    if ("text" in source) return source.text;
    return { ...wholeFile(path, source.message, "save the file as UTF-8"), line: source.line };
  } catch (error) {
    return unreadable(path, error);
  }
}

function sourceFile(path: string): SourceFile {
  return { name: basename(path, extension), directory: dirname(resolve(path)) };
}

function check(file: string, source: SourceFile, document: Document): Loaded {
  const parts = (document.values && validParts(environmentSchema, document.values)) ?? {};
  const loaded: Loaded = { ...source, file, document, parts, problems: [], warnings: [] };
  for (const finding of document.findings)
    loaded.problems.push({ ...locate(loaded, finding), line: finding.line });
  if (document.values === undefined) return loaded;
  const says = (path: Path) => valueAt(document.values, path) !== undefined;
  const findings = [
    ...controlFindings(document.values),
    ...schemaFindings(environmentSchema, document.values),
    ...ruleFindings(parts, { ...source, says }),
  ];
  for (const finding of findings) loaded.problems.push(locate(loaded, finding));
  return loaded;
}

function locate(
  { file, document, parts }: Pick<Loaded, "file" | "document" | "parts">,
  { path, message, allowed }: Finding,
): Problem {
  const read = path.length === 0 ? undefined : valueAt(document.values, path);
  const value =
    document.writtenAs(path) ?? (read === undefined && path.length > 0 ? valueAt(parts, path) : read);
  const defaulted = read === undefined && value !== undefined;
  return { file, line: document.lineOf(path), path: formatPath(path), value, defaulted, message, allowed };
}

function throwProblems(loaded: readonly Loaded[]): void {
  const problems = loaded.flatMap((one) => byLine(one.problems));
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function byLine(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((left, right) => left.line - right.line);
}

function environmentOf({ document, directory }: Loaded): EnvironmentConfig {
  const read = (path: string) => readFileSync(resolve(directory, path), "utf8");
  return withDerivedDefaults(environmentSchema.parse(document.values), read);
}

function unreadable(path: string, error: unknown): Problem {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return wholeFile(path, `cannot be read (${reason})`, "name a place that exists and that you may read");
}

function wholeFile(path: string, message: string, allowed: string): Problem {
  return { file: displayName(path), line: 0, path: "", value: undefined, defaulted: false, message, allowed };
}

/** Paths below the working directory are shown relative to it, as an editor's links need them. */
function displayName(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") || isAbsolute(near) ? path : near;
}
