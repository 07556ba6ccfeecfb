import { randomBytes, type webcrypto } from "node:crypto";
import { generateKeys, type Identity, pem, privateKeyPem, signingAlgorithm, signingKeyOf } from "./keys";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "./library";

/**
 * Days a certificate is valid. Ten years and 825 days are the defaults of easy-rsa, which AWS's guide works with; a
 * person's is renewed every year.
 */
const validDays = { authority: 3650, server: 825, nodes: 825, person: 365 } as const;

const day = 86_400_000;
/** Clocks differ: a certificate is valid a little before it was made. */
const backdated = 3_600_000;

/** Whom a certificate names, and as what it may be used. */
interface Leaf {
  readonly commonName: string;
  readonly usage: ExtendedKeyUsage;
  readonly days: number;
  /** @default no subject alternative name */
  readonly dnsName?: string;
}

/** Makes a certificate authority: a self-signed certificate that signs certificates and revocation lists, no more. */
export async function createAuthority(commonName: string, organization: string): Promise<Identity> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(validDays.authority),
    serialNumber: serialNumber(),
    name: subject(commonName, organization),
    keys,
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return identityOf(certificate, keys);
}

/** A certificate for the VPN endpoint; `dnsName` is what clients verify. */
export function issueServer(authority: Identity, dnsName: string): Promise<Identity> {
  return issue(authority, {
    commonName: dnsName,
    dnsName,
    usage: ExtendedKeyUsage.serverAuth,
    days: validDays.server,
  });
}

/** A certificate with which a person logs in to the VPN. */
export function issuePerson(authority: Identity, person: string): Promise<Identity> {
  return issue(authority, {
    commonName: person,
    usage: ExtendedKeyUsage.clientAuth,
    days: validDays.person,
  });
}

/**
 * A certificate for the nodes of clusters. It serves and does not log in: whoever takes a node's key cannot enter
 * the VPN with it, though both trust one authority.
 */
export function issueNodes(authority: Identity, dnsName: string): Promise<Identity> {
  return issue(authority, {
    commonName: dnsName,
    dnsName,
    usage: ExtendedKeyUsage.serverAuth,
    days: validDays.nodes,
  });
}

async function issue(authority: Identity, leaf: Leaf): Promise<Identity> {
  const issuer = new X509Certificate(authority.certificate);
  const keys = await generateKeys();
  const { notBefore, notAfter } = validity(leaf.days);
  const certificate = await X509CertificateGenerator.create({
    notBefore: later(notBefore, issuer.notBefore),
    notAfter: earlier(notAfter, issuer.notAfter),
    serialNumber: serialNumber(),
    subject: subject(leaf.commonName, issuer.subjectName.getField("O")[0] ?? ""),
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority),
    signingAlgorithm,
    extensions: await leafExtensions(leaf, issuer, keys),
  });
  return identityOf(certificate, keys);
}

async function leafExtensions(
  { usage, dnsName }: Leaf,
  issuer: X509Certificate,
  keys: webcrypto.CryptoKeyPair,
): Promise<Extension[]> {
  const names = dnsName === undefined ? [] : [{ type: "dns" as const, value: dnsName }];
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension([usage]),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)]),
  ];
}

async function identityOf(
  certificate: X509Certificate,
  { privateKey }: webcrypto.CryptoKeyPair,
): Promise<Identity> {
  return {
    certificate: pem(certificate.rawData, PemConverter.CertificateTag),
    privateKey: await privateKeyPem(privateKey),
  };
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - backdated), notAfter: new Date(now + days * day) };
}

function subject(commonName: string, organization: string): JsonName {
  return [{ O: [organization] }, { CN: [commonName] }];
}

/** 127 random bits: positive, and never given twice. Source: RFC 5280, section 4.1.2.2. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
const later = (one: Date, other: Date): Date => (one > other ? one : other);
