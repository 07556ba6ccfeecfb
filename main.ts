import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { App } from "cdktf";
import { makeFolder } from "./base/files";
import { repositoryRoot } from "./base/repository";
import { type EnvironmentConfig, loadEnvironments, type Topic } from "./config";
import { readAirflowPackages } from "./contracts/airflow-packages";
import { compileContracts } from "./contracts/compiler";
import { AccessStack } from "./stacks/access/stack";
import { byAccount } from "./stacks/bootstrap/accounts";
import { BootstrapStack } from "./stacks/bootstrap/stack";
import * as capabilities from "./stacks/capabilities";
import { type Catalog, CatalogStack } from "./stacks/catalog/stack";
import { EventsStack } from "./stacks/events/stack";
import { LakeStack } from "./stacks/lake/stack";
import { MetadataStack } from "./stacks/metadata/stack";
import { NetworkStack } from "./stacks/network/stack";
import { ObservabilityStack } from "./stacks/observability/stack";
import { OrchestrationStack } from "./stacks/orchestration/stack";
import { ProcessingStack } from "./stacks/processing/stack";
import { type Stream, StreamingStack } from "./stacks/streaming/stack";

/**
 * Writes the Terraform JSON of all stacks of all environments, and of one `bootstrap` for each account.
 *
 * @param configs validated environments
 * @param outdir directory for `manifest.json` and `stacks/<stack>/cdk.tf.json`; made if missing
 */
export function synthesize(configs: readonly EnvironmentConfig[], outdir: string): void {
  makeFolder(outdir);
  withoutStackTraces(() => synthesizeApp(configs, outdir));
}

function synthesizeApp(configs: readonly EnvironmentConfig[], outdir: string): void {
  const app = new App({ outdir, stackTraces: false });
  const repository = repositoryRoot();
  const { keys: packages } = readAirflowPackages(repository);
  const { datasets } = compileContracts(join(repository, "contracts"), repository);
  const tables = readCatalog(repository, datasets);
  for (const account of byAccount(configs)) new BootstrapStack(app, { configs: account });
  for (const config of configs) {
    const network = new NetworkStack(app, { config });
    const access = new AccessStack(app, { config, network });
    const lake = new LakeStack(app, { config });
    lake.addDependency(network);
    const catalog = new CatalogStack(app, { config, lake, tables });
    const processing = new ProcessingStack(app, { config, network, lake, catalog });
    const metadata = new MetadataStack(app, { config, network });
    const events = new EventsStack(app, { config, lake });
    const read = { config, network, processing, metadata, events };
    const orchestration = new OrchestrationStack(app, { ...read, lake, packages });
    const watched = { access, orchestration, natZones: network.natZones };
    const { streaming: section } = config;
    const streaming = section && {
      streaming: new StreamingStack(app, {
        config,
        network,
        streaming: section,
        streams: streamsOf(datasets),
      }),
    };
    new ObservabilityStack(app, { ...read, ...watched, ...streaming });
    const base = { config, network, access, lake, catalog, processing, metadata };
    for (const capability of Object.values(capabilities))
      if (capability.isIn(config)) capability.add(app, base);
  }
  app.synth();
}

/**
 * Every token of cdktf records the whole stack of its creation, for messages we never print: a tenth of the time. V8
 * records none while the limit is no number of its own.
 */
function withoutStackTraces(work: () => void): void {
  const limit = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit") ?? {};
  Object.defineProperty(Error, "stackTraceLimit", { get: () => 0, set: () => {}, configurable: true });
  try {
    work();
  } finally {
    Object.defineProperty(Error, "stackTraceLimit", limit);
  }
}

/** The datasets that arrive through Kafka. */
function streamsOf(datasets: Catalog["datasets"]): Stream[] {
  return datasets.flatMap(({ name, stream }) =>
    stream === null ? [] : [{ dataset: name, topic: stream.topic, retentionHours: stream.retention_hours }],
  );
}

/** What the contracts describe, and the queries over it. */
function readCatalog(repository: string, datasets: Catalog["datasets"]): Catalog {
  const queries = join(repository, "contracts", "queries");
  const names = readdirSync(queries).filter((name) => name.endsWith(".sql"));
  const texts = names
    .sort()
    .map((name) => [name.slice(0, -".sql".length), readFileSync(join(queries, name), "utf8")]);
  // Batches write the catalog's tables, and streams alone bring none.
  const withFiles = datasets.filter(({ has_files }) => has_files);
  return { datasets: withFiles, queries: Object.fromEntries(texts) };
}

/** The topics that Kafka clusters of environments are compared with. */
function topics(): Topic[] {
  const repository = repositoryRoot();
  const { datasets } = compileContracts(join(repository, "contracts"), repository);
  return datasets.flatMap(({ stream }) => stream ?? []);
}

async function run(): Promise<void> {
  const { PLATFORM_ENVIRONMENTS, CDKTF_OUTDIR } = process.env;
  const configs = await loadEnvironments(
    PLATFORM_ENVIRONMENTS ?? "environments",
    undefined,
    undefined,
    topics,
  );
  synthesize(configs, CDKTF_OUTDIR ?? "cdktf.out");
}

// As a program of its own only: other programs bundle this file, and are `require.main` then.
if (require.main === module && basename(__filename).startsWith("main.")) {
  run().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
