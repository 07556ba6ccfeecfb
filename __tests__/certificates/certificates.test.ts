import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { emrArchive, nodeName } from "../../certificates/emr-archive";
import { createAuthority, issuePerson, issueServer } from "../../certificates/issue";
import { type Identity, requirePair } from "../../certificates/keys";
import { X509Certificate } from "../../certificates/library";
import { profileOf } from "../../certificates/profile";
import { readRevocations, signRevocations } from "../../certificates/revocations";
import { openssl } from "./openssl";

let directory: string;
let authority: Identity;
let server: Identity;
let ada: Identity;
let ben: Identity;

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const paths: Record<string, string> = {};
const path = (name: string): string => paths[name] ?? "";
const verify = (...args: string[]) =>
  openssl("verify", "-x509_strict", "-CAfile", path("authority"), ...args);
const described = (name: string): string => openssl("x509", "-in", path(name), "-noout", "-text").output;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "certificates-"));
  authority = await createAuthority("big-data-dev authority", "big-data");
  [server, ada, ben] = await Promise.all([
    issueServer(authority, "vpn.dev.big-data.internal"),
    issuePerson(authority, "ada.lovelace"),
    issuePerson(authority, "ben@example.com"),
  ]);
  for (const [name, { certificate }] of Object.entries({ authority, server, ada, ben })) {
    paths[name] = file(`${name}.pem`, certificate);
  }
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

describe("for openssl", () => {
  test("the authority signs itself, with 2,048 bits of RSA, certificates and lists only", () => {
    expect(verify(path("authority"))).toEqual({ code: 0, output: `${path("authority")}: OK\n` });
    expect(described("authority")).toMatch(/Public-Key: \(2048 bit\)/);
    expect(described("authority")).toMatch(/CA:TRUE, pathlen:0/);
    expect(described("authority")).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  });

  test("the server's certificate serves under its name, and logs nobody in", () => {
    expect(verify("-purpose", "sslserver", path("server")).code).toBe(0);
    expect(verify("-verify_hostname", "vpn.dev.big-data.internal", path("server")).code).toBe(0);
    expect(verify("-verify_hostname", "vpn.prod.big-data.internal", path("server")).code).not.toBe(0);
    const refused = verify("-purpose", "sslclient", path("server"));
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("unsuitable certificate purpose");
    expect(described("server")).toMatch(/Public-Key: \(2048 bit\)/);
  });

  test("a person's certificate logs in, under a name, and serves nothing", () => {
    expect(verify("-purpose", "sslclient", path("ada")).code).toBe(0);
    expect(verify("-purpose", "sslserver", path("ada")).output).toContain("unsuitable certificate purpose");
    expect(described("ada")).toContain("Subject: O = big-data, CN = ada.lovelace");
    expect(described("ben")).toContain("CN = ben@example.com");
    expect(described("ada")).toMatch(/Public-Key: \(2048 bit\)/);
  });

  test("another authority of the same name has signed none of them", async () => {
    const stranger = await createAuthority("big-data-dev authority", "big-data");
    const strange = file("stranger.pem", stranger.certificate);
    expect(openssl("verify", "-CAfile", strange, path("ada")).code).not.toBe(0);
  });

  test("keys and certificates belong together, and a wrong pair is noticed", () => {
    const key = openssl("pkey", "-in", file("ada.key", ada.privateKey), "-pubout").output;
    expect(openssl("x509", "-in", path("ada"), "-noout", "-pubkey").output).toBe(key);
    expect(() => requirePair(ada, "ada")).not.toThrow();
    expect(() => requirePair({ ...ada, privateKey: ben.privateKey }, "ada")).toThrow(
      "ada: the private key is not the certificate's",
    );
  });

  test("no two serial numbers are equal, and all are positive", () => {
    const numbers = [authority, server, ada, ben].map(
      (one) => new X509Certificate(one.certificate).serialNumber,
    );
    expect(new Set(numbers).size).toBe(4);
    for (const number of numbers) expect(number).toMatch(/^[4-7][0-9a-f]{31}$/);
  });

  test("nothing outlives its authority", () => {
    const [issuer, issued] = [authority, ada].map((one) => new X509Certificate(one.certificate));
    expect(issued?.notAfter.getTime()).toBeLessThanOrEqual(issuer?.notAfter.getTime() ?? 0);
    expect(issued?.notBefore.getTime()).toBeGreaterThanOrEqual(issuer?.notBefore.getTime() ?? 0);
  });
});

describe("a revocation list", () => {
  test("refuses who is on it, and nobody else", async () => {
    const { serialNumber } = new X509Certificate(ada.certificate);
    const text = await signRevocations(authority, [{ serialNumber, date: new Date() }]);
    const list = file("revocations.pem", text);
    expect(openssl("crl", "-in", list, "-noout", "-CAfile", path("authority"))).toEqual({
      code: 0,
      output: "verify OK\n",
    });
    const checked = (name: string) => verify("-crl_check", "-CRLfile", list, path(name));
    expect(checked("ada").output).toContain("certificate revoked");
    expect(checked("ben").code).toBe(0);
    expect(readRevocations(text, "x").revocations.map((one) => one.serialNumber)).toEqual([serialNumber]);
  });

  test("without anybody on it is one, too, with a number that grows", async () => {
    const text = await signRevocations(authority, []);
    const { output } = openssl("crl", "-in", file("empty.pem", text), "-noout", "-text");
    expect(output).toContain("No Revoked Certificates.");
    const [, number] = /CRL Number:\s+(\w+)/.exec(output) ?? [];
    expect(Math.abs(Number(number) - Date.now())).toBeLessThan(3_600_000);
  });

  test("of another form is refused by its place", () => {
    expect(() => readRevocations("nonsense", "here/revocations.pem")).toThrow(
      "here/revocations.pem holds no revocation list in PEM",
    );
  });
});

test("a profile has all that a client needs, the endpoint without its star", () => {
  const profile = profileOf({
    endpoint: "*.cvpn-endpoint-0123.prod.clientvpn.eu-north-1.amazonaws.com",
    serverName: "vpn.dev.big-data.internal",
    authority: authority.certificate,
    person: ada,
  });
  const lines = profile.split("\n");
  expect(lines).toContain("remote cvpn-endpoint-0123.prod.clientvpn.eu-north-1.amazonaws.com 443");
  expect(lines).toContain("verify-x509-name vpn.dev.big-data.internal name");
  expect(lines).toContain("remote-cert-tls server");
  const inside = (tag: string) => new RegExp(`<${tag}>\n([^<]*)</${tag}>\n`).exec(profile)?.[1];
  expect(inside("ca")).toBe(authority.certificate);
  expect(inside("cert")).toBe(ada.certificate);
  expect(inside("key")).toBe(ada.privateKey);
});

describe("EMR's archive", () => {
  test("holds the three files EMR asks for, of one chain, for the nodes of the region", async () => {
    const archive = unzipSync(await emrArchive(authority, "eu-north-1"));
    expect(Object.keys(archive).sort()).toEqual([
      "certificateChain.pem",
      "privateKey.pem",
      "trustedCertificates.pem",
    ]);
    const text = (name: string) => Buffer.from(archive[name] ?? []).toString();
    expect(text("trustedCertificates.pem")).toBe(authority.certificate);
    const chain = file("chain.pem", text("certificateChain.pem"));
    expect(verify("-purpose", "sslserver", chain).code).toBe(0);
    expect(verify("-verify_hostname", "ip-10-100-3-7.eu-north-1.compute.internal", chain).code).toBe(0);
    expect(verify("-purpose", "sslclient", chain).output).toContain("unsuitable certificate purpose");
    expect(() =>
      requirePair({ certificate: text("certificateChain.pem"), privateKey: text("privateKey.pem") }, "nodes"),
    ).not.toThrow();
  });

  test("knows the one region that names its hosts differently", () => {
    expect(nodeName("us-east-1")).toBe("*.ec2.internal");
    expect(nodeName("cn-north-1")).toBe("*.cn-north-1.compute.internal");
  });
});
