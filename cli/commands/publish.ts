import type { Command } from "commander";
import type { StoreOptions } from "../../release/publish";
import { places } from "../places";
import { environmentOption } from "./environment-option";

interface Options {
  readonly env: string;
  readonly bundle?: string;
}

/** `platform publish`: uploads the release of this checkout, or one built before, and makes it current. */
export function register(program: Command): void {
  program
    .command("publish")
    .description("upload the release, make it current, and mirror its DAGs")
    .addOption(environmentOption())
    .option("--bundle <dir>", "a release built before, instead of building this checkout's")
    .action(async ({ env, bundle }: Options) => {
      const { loadChecked, pickEnvironment } = await import("../environments");
      const { publishRelease } = await import("../../release/publish");
      const { explained } = await import("../release/explain");
      const { withArtifacts } = await import("../release/artifacts");
      const { requireDatabaseAuthority } = await import("../release/database-authority");
      const { withProgress } = await import("../release/publication-progress");
      const { describePublication } = await import("../release/describe-publication");
      const config = pickEnvironment(await loadChecked(program.opts().environments), env);
      const bundleDir = bundle ?? places.bundle;
      if (bundle === undefined) {
        const { buildBundle } = await import("../../release");
        await explained(buildBundle({ outDir: bundleDir, root: places.root }));
      }
      requireDatabaseAuthority(bundleDir, config.region);
      await withArtifacts(config, async (store) => {
        const publish = withProgress((onProgress) => publishRelease({ ...store, bundleDir, onProgress }));
        console.log(describePublication(await explained(publish), store.bucket));
        await uploadPackages(store);
      });
    });
}

/** Whoever may not write them leaves them to the next `apply`: until then nothing reads them. */
async function uploadPackages(store: StoreOptions): Promise<void> {
  const { BundleError, publishAirflowPackages } = await import("../../release/publish");
  try {
    const { uploaded, digest } = await publishAirflowPackages(store, places.root);
    if (uploaded > 0)
      console.log(`Airflow's packages: ${(uploaded / 1e6).toFixed(1)} MB uploaded to airflow/${digest}`);
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    console.error(`Airflow's packages were not uploaded (${error.message}); ./platform apply uploads them`);
  }
}
