import { sha256 } from "../../base/digest";
import { readAirflowPackages } from "../../contracts/airflow-packages";
import { buildAirflowPlugins } from "../assembly/airflow-packages";
import { ArtifactStore, type StoreOptions } from "./store";

/** What became of Airflow's packages. */
export interface AirflowPackagesResult {
  readonly digest: string;
  /** Bytes that were uploaded; 0 when both objects were there. */
  readonly uploaded: number;
}

/**
 * Uploads Airflow's packages and its `requirements.txt` unless both are in the bucket. Their keys name their content, so
 * what is there is never replaced, and an environment that runs keeps what it was created with.
 *
 * @param root the repository
 * @throws BundleError when they cannot be built, or the bucket refuses them
 */
export async function publishAirflowPackages(
  options: StoreOptions,
  root: string,
): Promise<AirflowPackagesResult> {
  const { keys, requirements, digest } = readAirflowPackages(root);
  const store = new ArtifactStore(options);
  await store.open();
  const upload = async (key: string, build: () => Promise<Uint8Array>): Promise<number> => {
    if ((await store.head(key)) !== undefined) return 0;
    const bytes = await build();
    await store.put(key, { bytes, sha256: sha256(bytes) });
    return bytes.length;
  };
  const plugins = await upload(keys.plugins, () => buildAirflowPlugins(root));
  const text = await upload(keys.requirements, async () => Buffer.from(requirements));
  return { digest, uploaded: plugins + text };
}
