import { confirm } from "../confirm";
import { places } from "../places";
import type { Session } from "./session";
import type { Outcome } from "./walk";

/** Builds the release and publishes it, with the DAGs, into the environment's artifacts bucket. */
export async function publishJobs({ config }: Session, assumeYes: boolean): Promise<Outcome> {
  const { buildBundle, publishRelease } = await import("../../release");
  const { withArtifacts } = await import("../release/artifacts");
  const { requireDatabaseAuthority } = await import("../release/database-authority");
  const { explained } = await import("../release/explain");
  const { withProgress } = await import("../release/publication-progress");
  const bundleDir = places.bundle;
  const { release } = await explained(buildBundle({ outDir: bundleDir, root: places.root }));
  requireDatabaseAuthority(bundleDir, config.region);
  return withArtifacts(config, async (store) => {
    if (!(await confirm(`Publish release ${release} and the DAGs to s3://${store.bucket}?`, assumeYes))) {
      return { word: "declined", detail: "nothing was published" };
    }
    const publish = withProgress((onProgress) => publishRelease({ ...store, bundleDir, onProgress }));
    const { uploaded, skipped } = await explained(publish);
    return {
      word: "published",
      detail: `release ${release}: ${uploaded} files uploaded, ${skipped} there already`,
    };
  });
}

/**
 * Uploads the Python packages that Airflow installs, unless the bucket has them. Nothing that runs changes by it: the
 * environment installs them when it is created or updated with their keys.
 */
export async function publishPackages({ config }: Session, assumeYes: boolean): Promise<Outcome> {
  const { publishAirflowPackages } = await import("../../release/publish");
  const { withArtifacts } = await import("../release/artifacts");
  const { explained } = await import("../release/explain");
  return withArtifacts(config, async (store) => {
    if (!(await confirm(`Upload Airflow's packages to s3://${store.bucket} if they are missing?`, assumeYes)))
      return { word: "declined", detail: "nothing was uploaded" };
    const { digest, uploaded } = await explained(publishAirflowPackages(store, places.root));
    if (uploaded === 0) return { word: "found", detail: `packages ${digest}` };
    return { word: "published", detail: `packages ${digest}: ${(uploaded / 1e6).toFixed(1)} MB uploaded` };
  });
}

/** Publishes them where no release is current yet. */
export async function publishFirst(session: Session, assumeYes: boolean): Promise<Outcome> {
  const { listReleases } = await import("../../release");
  const { withArtifacts } = await import("../release/artifacts");
  const { explained } = await import("../release/explain");
  const releases = await withArtifacts(session.config, (store) => explained(listReleases(store)));
  const current = releases.find((release) => release.current);
  return current ? { word: "found", detail: `release ${current.release}` } : publishJobs(session, assumeYes);
}
