import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import { CertificateError } from "./failure";
import { PemConverter, X509Certificate } from "./library";

/** A certificate and its private key, both as PEM; the key is PKCS #8, unencrypted, as ACM and EMR want it. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * Client VPN takes RSA keys of 1,024 and 2,048 bits only.
 * Source: AWS Client VPN Administrator Guide, "Mutual authentication in AWS Client VPN".
 */
const rsa = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;

/** How everything here is signed. */
export const signingAlgorithm = { name: rsa.name, hash: rsa.hash };

export function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(rsa, true, ["sign", "verify"]);
}

/** A private key as PEM. */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return pem(await webcrypto.subtle.exportKey("pkcs8", key), PemConverter.PrivateKeyTag);
}

/** DER as PEM, with the newline at the end that tools which concatenate files rely on. */
export function pem(der: ArrayBuffer, tag: string): string {
  return `${PemConverter.encode(der, tag)}\n`;
}

/** The key of an authority, to sign with. */
export function signingKeyOf({ privateKey }: Identity): Promise<webcrypto.CryptoKey> {
  const der = PemConverter.decodeFirst(privateKey);
  return webcrypto.subtle.importKey("pkcs8", der, signingAlgorithm, false, ["sign"]);
}

/**
 * Reads a certificate.
 * @param place where the text is from, for the error
 * @throws CertificateError when the text is no certificate
 */
export function readCertificate(text: string, place: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new CertificateError(`${place} holds no certificate in PEM`, "restore the file from a backup");
  }
}

/**
 * Checks that a certificate and a private key are of one pair.
 * @param place what holds them, for the error
 * @throws CertificateError when they are not, or when the key cannot be read
 */
export function requirePair({ certificate, privateKey }: Identity, place: string): void {
  const spki = { type: "spki", format: "der" } as const;
  try {
    const fromKey = createPublicKey(createPrivateKey(privateKey)).export(spki);
    if (fromKey.equals(createPublicKey(certificate).export(spki))) return;
  } catch {
    throw new CertificateError(
      `${place}: certificate or private key cannot be read`,
      "restore both from a backup",
    );
  }
  throw new CertificateError(
    `${place}: the private key is not the certificate's`,
    "restore both from a backup",
  );
}
