import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../base/digest";
import { makeFolder, writeWhole } from "../base/files";
import { withLock } from "../base/lock";
import { CertificateError } from "./failure";
import { type Identity, readCertificate, requirePair } from "./keys";
import { type RevocationList, readRevocations } from "./revocations";

/** Names of the two identities that an environment has once. */
export const authorityName = "authority";
export const serverName = "server";

const people = "people";
const retired = "retired";

/** The name of a person's identity in the folder. */
export function personIn(person: string): string {
  return join(people, person);
}

/**
 * Where an environment's certificates and keys are: files that only their owner may read, in folders that only their
 * owner may enter. Nothing is overwritten unless it is replaced by name.
 */
export class CertificateFolder {
  constructor(readonly path: string) {}

  /** Runs `work` while no other process changes this folder. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return withLock(join(this.path, ".lock"), work);
  }

  has(name: string): boolean {
    return existsSync(this.certificateOf(name)) || existsSync(this.keyOf(name));
  }

  /** @throws CertificateError when either half is missing, or they are not of one pair */
  read(name: string): Identity {
    const [certificate, privateKey] = [this.text(this.certificateOf(name)), this.text(this.keyOf(name))];
    requirePair({ certificate, privateKey }, this.certificateOf(name));
    return { certificate, privateKey };
  }

  /** The certificate alone: what is shown needs no key. */
  certificate(name: string) {
    const file = this.certificateOf(name);
    return readCertificate(this.text(file), file);
  }

  certificatePem(name: string): string {
    return this.text(this.certificateOf(name));
  }

  /** @throws CertificateError when there is one of the name */
  add(name: string, identity: Identity): void {
    if (this.has(name)) {
      throw new CertificateError(
        `${this.certificateOf(name)} is there already`,
        "nothing was overwritten; `rotate` replaces it",
      );
    }
    this.write(this.keyOf(name), identity.privateKey);
    this.write(this.certificateOf(name), identity.certificate);
  }

  /** Puts another in the place of an identity, whose certificate is kept for the record; its key is not. */
  replace(name: string, identity: Identity): void {
    this.keepForTheRecord(name);
    this.write(this.keyOf(name), identity.privateKey);
    this.write(this.certificateOf(name), identity.certificate);
  }

  /** Removes a person's key and profile; the certificate is kept for the record. */
  retire(person: string): void {
    this.keepForTheRecord(personIn(person));
    for (const file of [this.certificateOf(personIn(person)), this.keyOf(personIn(person))]) rmSync(file);
    this.removeProfile(person);
  }

  /** Everybody who has a certificate, by name. */
  people(): string[] {
    return this.namesIn(people);
  }

  /** What was replaced or revoked: `<name>.<serial number>`. */
  retired(): string[] {
    return this.namesIn(retired);
  }

  retiredCertificate(name: string) {
    return this.certificate(join(retired, name));
  }

  /** The revocation list as PEM; undefined before anything was revoked. */
  revocationText(): string | undefined {
    return existsSync(this.revocationFile) ? readFileSync(this.revocationFile, "utf8") : undefined;
  }

  revocations(): RevocationList | undefined {
    const text = this.revocationText();
    return text === undefined ? undefined : readRevocations(text, this.revocationFile);
  }

  writeRevocations(text: string): void {
    this.write(this.revocationFile, text);
  }

  /** Whether an endpoint has the revocation list that is here; true where there is none. */
  isRevocationListSent(): boolean {
    const list = this.revocationText();
    return list === undefined || this.sent()?.sha256 === sha256(list);
  }

  /** Records that an endpoint has taken a revocation list. */
  markRevocationsSent(list: string, endpoint: string): void {
    const record = { endpoint, sha256: sha256(list), sent_at: new Date().toISOString() };
    this.write(this.sentFile, `${JSON.stringify(record, null, 2)}\n`);
  }

  private sent(): { readonly sha256?: string } | undefined {
    if (!existsSync(this.sentFile)) return undefined;
    try {
      return JSON.parse(readFileSync(this.sentFile, "utf8"));
    } catch {
      return undefined; // not written by us: the list counts as not sent
    }
  }

  /** Writes a person's profile and tells where; it is made anew from what is in the folder at any time. */
  writeProfile(person: string, text: string): string {
    const file = this.profileOf(person);
    this.write(file, text);
    return file;
  }

  removeProfile(person: string): void {
    rmSync(this.profileOf(person), { force: true });
  }

  private get revocationFile(): string {
    return join(this.path, "revocations.pem");
  }

  private get sentFile(): string {
    return join(this.path, "revocations.sent.json");
  }

  private certificateOf(name: string): string {
    return join(this.path, `${name}.pem`);
  }

  private keyOf(name: string): string {
    return join(this.path, `${name}.key`);
  }

  private profileOf(person: string): string {
    return join(this.path, people, `${person}.ovpn`);
  }

  private namesIn(folder: string): string[] {
    const directory = join(this.path, folder);
    if (!existsSync(directory)) return [];
    const files = readdirSync(directory).filter((file) => file.endsWith(".pem"));
    return files.map((file) => file.slice(0, -".pem".length)).sort();
  }

  private keepForTheRecord(name: string): void {
    const { serialNumber } = this.certificate(name);
    const label = name.slice(name.lastIndexOf("/") + 1);
    this.write(join(this.path, retired, `${label}.${serialNumber}.pem`), this.text(this.certificateOf(name)));
  }

  private text(file: string): string {
    if (existsSync(file)) return readFileSync(file, "utf8");
    throw new CertificateError(
      `${file} is missing`,
      "make it with `create` or `client`, or restore it from a backup",
    );
  }

  private write(file: string, text: string): void {
    makeFolder(dirname(file), 0o700);
    writeWhole(file, text, 0o600);
  }
}
