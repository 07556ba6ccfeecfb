import { CertificateError } from "./failure";
import { authorityName, type CertificateFolder, personIn, serverName } from "./folder";
import { inventory } from "./inventory";
import { createAuthority, issuePerson, issueServer } from "./issue";
import type { Identity } from "./keys";
import { X509Certificate } from "./library";
import { signRevocations } from "./revocations";

/** What the certificates of an environment say of it. */
export interface Subject {
  readonly project: string;
  readonly environment: string;
}

/** What is there now, and whether it was made just now. */
export interface Made {
  readonly identity: Identity;
  readonly isNew: boolean;
}

/** The name the VPN endpoint shows and profiles verify; nobody resolves it. */
export function serverDnsName({ project, environment }: Subject): string {
  return `vpn.${environment}.${project}.internal`;
}

/** An authority of its own for the environment. Its name has 64 characters at most (RFC 5280). */
export function newAuthority({ project, environment }: Subject): Promise<Identity> {
  return createAuthority(`${project}-${environment} authority`.slice(0, 64), project);
}

/** Makes the authority and the server's certificate; what is there already stays. */
export function createCertificates(
  folder: CertificateFolder,
  subject: Subject,
): Promise<{ authority: Made; server: Made }> {
  return folder.exclusively(async () => {
    const authority = await keptOrMade(folder, authorityName, () => newAuthority(subject));
    const server = await keptOrMade(folder, serverName, () =>
      issueServer(authority.identity, serverDnsName(subject)),
    );
    return { authority, server };
  });
}

/** Makes a person's certificate; one that is there already stays. */
export async function createPerson(folder: CertificateFolder, person: string): Promise<Made> {
  requirePersonName(person);
  const authority = folder.read(authorityName);
  return folder.exclusively(() => keptOrMade(folder, personIn(person), () => issuePerson(authority, person)));
}

/**
 * Puts a person's certificate on the revocation list and removes the key. A person without one may have certificates of
 * before that are valid and not on the list: these are revoked.
 *
 * @returns the serial numbers
 */
export async function revokePerson(folder: CertificateFolder, person: string): Promise<string[]> {
  requirePersonName(person);
  const forgotten = stillValid(folder, person);
  if (forgotten.length === 0) requirePerson(folder, person);
  return folder.exclusively(async () => {
    const isInUse = folder.has(personIn(person));
    const own = isInUse ? [folder.certificate(personIn(person)).serialNumber] : [];
    const serialNumbers = [...own, ...forgotten];
    await addRevocations(folder, serialNumbers);
    if (isInUse) folder.retire(person);
    return serialNumbers;
  });
}

/** Serial numbers of a person's earlier certificates with which the person still comes in. */
function stillValid(folder: CertificateFolder, person: string): string[] {
  return inventory(folder)
    .filter(({ name, validity }) => name === person && validity === "still valid")
    .map(({ serialNumber }) => serialNumber);
}

/**
 * Gives a person a new certificate and revokes the one before, whose profile is removed.
 * @returns the serial number of the one before
 */
export async function rotatePerson(folder: CertificateFolder, person: string): Promise<string> {
  requirePerson(folder, person);
  const authority = folder.read(authorityName);
  const identity = await issuePerson(authority, person);
  return folder.exclusively(async () => {
    const { serialNumber } = folder.certificate(personIn(person));
    await addRevocations(folder, [serialNumber]);
    folder.replace(personIn(person), identity);
    folder.removeProfile(person);
    return serialNumber;
  });
}

/** Gives the endpoint a new certificate of the same name, and signs the revocation list anew, if there is one. */
export async function rotateServer(folder: CertificateFolder, subject: Subject): Promise<void> {
  const authority = folder.read(authorityName);
  folder.read(serverName);
  const identity = await issueServer(authority, serverDnsName(subject));
  await folder.exclusively(async () => {
    folder.replace(serverName, identity);
    const list = folder.revocations();
    if (list !== undefined) folder.writeRevocations(await signRevocations(authority, list.revocations));
  });
}

/** Adds to the list what is not on it. The caller has the folder to itself: the list is read and written whole. */
async function addRevocations(folder: CertificateFolder, serialNumbers: readonly string[]): Promise<void> {
  const before = folder.revocations()?.revocations ?? [];
  const known = new Set(before.map(({ serialNumber }) => serialNumber));
  const added = serialNumbers.filter((serialNumber) => !known.has(serialNumber));
  if (added.length === 0) return;
  const revocations = [...before, ...added.map((serialNumber) => ({ serialNumber, date: new Date() }))];
  folder.writeRevocations(await signRevocations(folder.read(authorityName), revocations));
}

async function keptOrMade(
  folder: CertificateFolder,
  name: string,
  make: () => Promise<Identity>,
): Promise<Made> {
  if (folder.has(name)) return { identity: folder.read(name), isNew: false };
  const identity = await make();
  folder.add(name, identity);
  return { identity, isNew: true };
}

/** A person's name becomes the certificate's common name, at most 64 characters (RFC 5280), and a file's name. */
function requirePersonName(person: string): void {
  if (/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(person)) return;
  throw new CertificateError(
    `"${person}" cannot be a person's name here`,
    "use 1 to 64 lower-case letters, digits and ._@-, starting with a letter or digit, for example ada.lovelace",
  );
}

function requirePerson(folder: CertificateFolder, person: string): void {
  requirePersonName(person);
  if (folder.has(personIn(person))) return;
  const known = folder.people();
  if (inventory(folder).some(({ name, validity }) => name === person && validity === "revoked"))
    throw new CertificateError(
      `${person} is revoked already`,
      "send the revocation list again if the endpoint may lack it: ./platform certificates import",
    );
  throw new CertificateError(
    `${person} has no certificate in ${folder.path}`,
    known.length === 0 ? "nobody has one yet" : `those who have one: ${known.join(", ")}`,
  );
}

/** The day after which a certificate is no longer valid. */
export function expiryOf({ certificate }: Identity): Date {
  return new X509Certificate(certificate).notAfter;
}
