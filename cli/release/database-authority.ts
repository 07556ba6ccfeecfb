import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";

/** Where the metadata store's package looks for authorities in a release: every `.pem` of the folder. */
const FOLDER = "dags/platform_metadata/certificates";
/** The same folder in the repository. */
const SOURCES = "packages/platform_metadata/platform_metadata/certificates";
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Refuses a release whose DAGs could not connect to the metadata store of a region, before anything is uploaded.
 * Source: Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection to a DB instance": authorities are named by
 * their region, and each region has its own.
 *
 * @param bundleDir the release; one without the store needs no authority
 */
export function requireDatabaseAuthority(bundleDir: string, region: string): void {
  const folder = join(bundleDir, FOLDER);
  if (!existsSync(join(bundleDir, "dags", "platform_metadata"))) return;
  const trusted = existsSync(folder) ? certificatesIn(folder) : [];
  if (trusted.some(({ subject }) => new RegExp(`^CN=Amazon RDS ${region} Root CA `, "m").test(subject)))
    return;
  throw new Failure(
    `${FOLDER} has no authority of RDS for ${region}: record_runs would refuse the metadata store's certificate`,
    `download ${region}-bundle.pem as the Amazon RDS User Guide says (docs/metadata.md, "TLS"), commit it as ${SOURCES}/${region}.pem, and publish again`,
  );
}

function certificatesIn(folder: string): X509Certificate[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".pem"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").match(CERTIFICATE) ?? [])
    .map((pem) => new X509Certificate(pem));
}
