import { authorityName, type CertificateFolder, personIn, serverName } from "./folder";
import {
  AuthorityKeyIdentifierExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
} from "./library";

/** Days before its end from which on a certificate is warned of: time for everybody to take a new profile. */
const warnedDays = 30;

const day = 86_400_000;

/** `still valid`: neither in use nor on the revocation list, so whoever has the key still comes in. */
export type Validity = "valid" | "expires soon" | "expired" | "revoked" | "replaced" | "still valid";

/** One line of what there is. */
export interface Entry {
  /** Whose it is: the authority's, the server's, a person's; or the revocation list. */
  readonly name: string;
  readonly kind: "authority" | "server" | "person" | "revocation list";
  /** Empty for the revocation list. */
  readonly serialNumber: string;
  readonly expires: Date;
  readonly validity: Validity;
}

/** Everything in the folder; people by name, then what is no longer used. */
export function inventory(folder: CertificateFolder, now = new Date()): Entry[] {
  const list = folder.revocations();
  const revoked = new Set(list?.revocations.map(({ serialNumber }) => serialNumber));
  const entry = (name: string, kind: Entry["kind"], certificate: X509Certificate): Entry => {
    const { serialNumber, notAfter: expires } = certificate;
    const validity = revoked.has(serialNumber) ? "revoked" : validityOf(expires, now);
    return { name, kind, serialNumber, expires, validity };
  };
  return [
    ...once(folder, authorityName, (certificate) => entry(authorityName, "authority", certificate)),
    ...once(folder, serverName, (certificate) => entry(serverName, "server", certificate)),
    ...folder.people().map((person) => entry(person, "person", folder.certificate(personIn(person)))),
    ...folder.retired().map((name) => {
      const certificate = folder.retiredCertificate(name);
      return retiredEntry(entry(name, "person", certificate), isOfPresentAuthority(folder, certificate));
    }),
    ...(list === undefined ? [] : [listEntry(list.expires, now)]),
  ];
}

/** Whether somebody has to act: what is in use and has expired, or soon will. */
export function needsAttention({ validity }: Entry): boolean {
  return validity === "expires soon" || validity === "expired" || validity === "still valid";
}

function validityOf(expires: Date, now: Date): Validity {
  const left = expires.getTime() - now.getTime();
  if (left <= 0) return "expired";
  return left <= warnedDays * day ? "expires soon" : "valid";
}

/**
 * A retired name ends in its serial number. The server's certificates let nobody in, and those of an earlier authority
 * neither; a person's that is not on the revocation list does.
 */
function retiredEntry(entry: Entry, isAccepted: boolean): Entry {
  const name = entry.name.slice(0, entry.name.lastIndexOf("."));
  if (entry.validity === "revoked") return { ...entry, name };
  const kind = name === authorityName || name === serverName ? name : "person";
  const letsIn = kind === "person" && isAccepted && entry.validity !== "expired";
  return { ...entry, name, kind, validity: letsIn ? "still valid" : "replaced" };
}

/** By the identifier of the key that signed: authorities of one environment have the same name. (RFC 5280, 4.2.1.1) */
function isOfPresentAuthority(folder: CertificateFolder, certificate: X509Certificate): boolean {
  if (!folder.has(authorityName)) return false;
  const authority = folder.certificate(authorityName).getExtension(SubjectKeyIdentifierExtension);
  return certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId === authority?.keyId;
}

function listEntry(expires: Date, now: Date): Entry {
  return {
    name: "revocations",
    kind: "revocation list",
    serialNumber: "",
    expires,
    validity: validityOf(expires, now),
  };
}

function once(
  folder: CertificateFolder,
  name: string,
  entry: (certificate: X509Certificate) => Entry,
): Entry[] {
  return folder.has(name) ? [entry(folder.certificate(name))] : [];
}
