import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../base/canonical-json";
import { sha256 } from "../../base/digest";
import { repositoryRoot } from "../../base/repository";
import { bundleSparkVersion } from "../../config/catalogue/versions";
import { type CompiledContract, type CompiledContracts, compileContracts } from "../../contracts/compiler";
import { type SearchDocument, searchDocument } from "../../contracts/compiler/targets/search";
import { steps } from "../../contracts/layout";
import { BundleError } from "../failure";
import { archive } from "./archive";
import { databaseAuthorities } from "./database-authorities";
import { MANIFEST, replaceDirectory } from "./directory";
import { type Files, sortedFiles } from "./files";
import { type EntryPoints, type Manifest, nameRelease, type Runtime } from "./manifest";
import { refuseForeignLinks, refusePrivateKeys } from "./safety";
import { dagSources, packageSources, refuseCompiledCode, type Warn } from "./sources";
import { parseSparkConf } from "./spark-conf";
import { PYTHON_VERSION, vendoredFiles } from "./vendored";

const runtime: Runtime = {
  emr_release: "emr-7.8.0",
  python_version: PYTHON_VERSION,
  spark_version: bundleSparkVersion,
};

const entryPoints: EntryPoints = {
  entry_point: "main.py",
  py_files: ["etl.zip"],
  steps,
};

export interface BundleOptions {
  /** Directory that becomes the release; a release that is there is replaced as a whole. */
  readonly outDir: string;
  /**
   * The repository.
   * @default the nearest directory above this code that has a package.json
   */
  readonly root?: string;
  /**
   * Takes what the user should know, such as files that the release leaves out.
   * @default standard error
   */
  readonly warn?: Warn;
}

/**
 * Builds the release of the jobs and the DAGs: `main.py`, `etl.zip`, `dags/`, `manifest.json`.
 * The same sources give the same bytes, wherever and whenever they are built.
 *
 * @returns the manifest, as written
 * @throws ContractError with every problem of every contract
 * @throws BundleError when the sources cannot be made into a release
 */
export async function buildBundle({
  outDir,
  root = repositoryRoot(),
  warn = (message) => console.error(message),
}: BundleOptions): Promise<Manifest> {
  const contracts = compileContracts(join(root, "contracts"), root);
  const files = sortedFiles(
    new Map([
      [entryPoints.entry_point, readSource(root, "etl/main.py")],
      ["etl.zip", archive(await packageFiles(root, contracts, warn))],
      ...dagSources(root, warn),
      ...databaseAuthorities(root),
    ]),
  );
  const manifest = describe(root, contracts, files);
  replaceDirectory(outDir, new Map([...files, [MANIFEST, Buffer.from(canonicalJson(manifest))]]));
  return manifest;
}

/** Later entries win: our own package cannot be replaced by a vendored one of the same name. */
async function packageFiles(root: string, contracts: CompiledContracts, warn: Warn): Promise<Files> {
  const vendored = await vendoredFiles(root);
  refuseCompiledCode(vendored.keys());
  return new Map([
    ...vendored,
    ...packageSources(root, warn),
    ...compiledFiles("etl/contracts", contracts.datasets),
    ...compiledFiles("etl/contracts/marts", contracts.marts),
    ...compiledFiles("etl/contracts/search", contracts.datasets.flatMap(searchOf)),
  ]);
}

/** How a dataset is searched; nothing for one that is not. */
function searchOf(dataset: CompiledContract): SearchDocument[] {
  const document = searchDocument(dataset);
  return document === undefined ? [] : [document];
}

function compiledFiles(folder: string, contracts: readonly { readonly name: string }[]): Files {
  return new Map(
    contracts.map((contract) => [`${folder}/${contract.name}.json`, Buffer.from(canonicalJson(contract))]),
  );
}

function describe(root: string, { datasets, marts }: CompiledContracts, files: Files): Manifest {
  const conf = "etl/spark-defaults.conf";
  return nameRelease({
    schema_version: 1,
    ...runtime,
    ...entryPoints,
    spark_conf: parseSparkConf(readSource(root, conf).toString("utf8"), conf),
    contracts: Object.fromEntries([...datasets, ...marts].map(({ name, version }) => [name, { version }])),
    files: Object.fromEntries(
      [...files].map(([path, bytes]) => [path, { sha256: sha256(bytes), size: bytes.byteLength }]),
    ),
  });
}

function readSource(root: string, path: string): Buffer {
  if (existsSync(join(root, path))) {
    refuseForeignLinks(root, [path]);
    const bytes = readFileSync(join(root, path));
    refusePrivateKeys(new Map([[path, bytes]]));
    return bytes;
  }
  throw new BundleError(`${path} is missing: a release needs it`);
}
