import { confirm } from "../confirm";
import { Failure } from "../failure";
import { places } from "../places";
import type { Session } from "./session";
import type { Outcome } from "./walk";

/** Builds the release and publishes it, with the DAGs, into the environment's artifacts bucket. */
export async function publishJobs(session: Session, assumeYes: boolean): Promise<Outcome> {
  const { buildBundle, publishRelease } = await import("../../bundle");
  const { S3Client } = await import("@aws-sdk/client-s3");
  const { release } = await buildBundle({ outDir: places.bundle });
  const bucket = await artifactsBucket(session);
  if (!(await confirm(`Publish release ${release} and the DAGs to s3://${bucket}?`, assumeYes))) {
    return { word: "declined", detail: "nothing was published" };
  }
  const client = new S3Client({ region: session.config.region });
  try {
    await publishRelease({ bundleDir: places.bundle, bucket, client });
  } finally {
    client.destroy();
  }
  return { word: "published", detail: `release ${release} to s3://${bucket}` };
}

/** The bucket's name as it was applied, read from the states of the stacks before. */
async function artifactsBucket(session: Session): Promise<string> {
  for (const stack of session.stacks) {
    const workspace = session.workspace(stack);
    const name = (await workspace.state())?.outputs.artifacts_bucket?.value;
    if (typeof name === "string") return name;
  }
  throw new Failure(`no stack of ${session.config.environment} publishes artifacts_bucket`);
}
