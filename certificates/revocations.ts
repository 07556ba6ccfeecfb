import { CertificateError } from "./failure";
import { type Identity, pem, signingAlgorithm, signingKeyOf } from "./keys";
import {
  AuthorityKeyIdentifierExtension,
  Extension,
  X509Certificate,
  X509Crl,
  X509CrlGenerator,
  X509CrlReason,
} from "./library";

/**
 * Days until a revocation list has to be signed anew: the endpoint refuses everybody when its list has expired.
 * Source: AWS Client VPN Administrator Guide, "Monitor AWS Client VPN", metric CrlDaysToExpiry.
 */
const validDays = 180;

/** Source: RFC 7468, section 6. The library's own label, `CRL`, is one that OpenSSL does not read. */
const label = "X509 CRL";

/** A certificate that no longer counts. */
export interface Revocation {
  /** In hexadecimal digits. */
  readonly serialNumber: string;
  readonly date: Date;
}

/** A revocation list that was read. */
export interface RevocationList {
  readonly revocations: readonly Revocation[];
  readonly expires: Date;
}

/**
 * Reads a revocation list.
 * @param place where the text is from, for the error
 * @throws CertificateError when the text is no revocation list
 */
export function readRevocations(text: string, place: string): RevocationList {
  try {
    const list = new X509Crl(text);
    const revocations = list.entries.map(({ serialNumber, revocationDate }) => {
      return { serialNumber, date: revocationDate };
    });
    return { revocations, expires: list.nextUpdate ?? new Date(0) };
  } catch {
    throw new CertificateError(`${place} holds no revocation list in PEM`, "restore the file from a backup");
  }
}

/** Signs a list of all these revocations. */
export async function signRevocations(
  authority: Identity,
  revocations: readonly Revocation[],
): Promise<string> {
  const issuer = new X509Certificate(authority.certificate);
  const now = new Date();
  const list = await X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + validDays * 86_400_000),
    entries: revocations.map(({ serialNumber, date }) => {
      return { serialNumber, revocationDate: date, reason: X509CrlReason.cessationOfOperation };
    }),
    extensions: [await AuthorityKeyIdentifierExtension.create(issuer.publicKey), listNumber(now)],
    signingKey: await signingKeyOf(authority),
    signingAlgorithm,
  });
  return pem(list.rawData, label);
}

/** Lists are told apart by a number that grows: the millisecond they were signed in. Source: RFC 5280, section 5.2.3. */
function listNumber(signed: Date): Extension {
  const value = Buffer.alloc(8);
  value.writeBigUInt64BE(BigInt(signed.getTime()));
  // A DER integer has no leading zero but the one that keeps it positive; six bytes last for 2,000 years.
  const shortest = value.subarray(2);
  return new Extension("2.5.29.20", false, Buffer.concat([Buffer.from([0x02, shortest.length]), shortest]));
}
