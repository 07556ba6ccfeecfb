import { authorityName, type CertificateFolder, personIn, serverName } from "./folder";
import type { X509Certificate } from "./library";

/** Days before its end from which on a certificate is warned of: time for everybody to take a new profile. */
const warnedDays = 30;

const day = 86_400_000;

export type Validity = "valid" | "expires soon" | "expired" | "revoked" | "replaced";

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
    ...folder.retired().map((name) => retiredEntry(entry(name, "person", folder.retiredCertificate(name)))),
    ...(list === undefined ? [] : [listEntry(list.expires, now)]),
  ];
}

/** Whether somebody has to act: what is in use and has expired, or soon will. */
export function needsAttention({ validity }: Entry): boolean {
  return validity === "expires soon" || validity === "expired";
}

function validityOf(expires: Date, now: Date): Validity {
  const left = expires.getTime() - now.getTime();
  if (left <= 0) return "expired";
  return left <= warnedDays * day ? "expires soon" : "valid";
}

/** A retired name ends in its serial number; without a revocation another one, or another authority's, came in its place. */
function retiredEntry(entry: Entry): Entry {
  const name = entry.name.slice(0, entry.name.lastIndexOf("."));
  if (entry.validity === "revoked") return { ...entry, name };
  const kind = name === authorityName || name === serverName ? name : "person";
  return { ...entry, name, kind, validity: "replaced" };
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
