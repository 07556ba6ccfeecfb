import { PutObjectCommand } from "@aws-sdk/client-s3";
import { authorityName, emrArchive } from "../../certificates";
import { certificateArchive } from "../../stacks/core/names";
import { artifactsBucket, withArtifacts } from "../release/artifacts";
import type { CertificateContext } from "./context";

/** Makes the archive of EMR's encryption in transit and uploads it; it is nowhere on this machine. */
export async function uploadEmrArchive({ config, folder }: CertificateContext): Promise<void> {
  const archive = await emrArchive(folder.read(authorityName), config.region);
  await withArtifacts(config, ({ client, bucket, owner }) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: certificateArchive,
        Body: archive,
        ContentType: "application/zip",
        ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }),
      }),
    ),
  );
  const place = `s3://${artifactsBucket(config)}/${certificateArchive}`;
  console.log(`${place}: clusters take it when they start; those that run keep theirs`);
  if (!config.processing.in_transit_certificates) {
    console.log("next: set processing.in_transit_certificates = true, or no cluster asks for it");
  }
}
