import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { loadEnvironments } from "../../../config";
import { databaseAuthorities } from "../../../release/assembly/database-authorities";
import { makeRepository } from "../support/repository";

const root = join(__dirname, "..", "..", "..");
const place = "dags/platform_metadata/certificates/rds.pem";

function authorities(): X509Certificate[] {
  const text = Buffer.from(databaseAuthorities(root).get(place) ?? []).toString("utf8");
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  expect(pems.join("")).toBe(text);
  return pems.map((pem) => new X509Certificate(pem));
}

test("the release carries roots of RDS, each signed by itself and good for decades", () => {
  const all = authorities();
  expect(all.length).toBeGreaterThan(75);
  for (const root of all) {
    expect(root.subject).toContain("O=Amazon Web Services");
    expect(root.verify(root.publicKey)).toBe(true);
    expect(root.ca).toBe(true);
    expect(new Date(root.validTo).getUTCFullYear()).toBeGreaterThanOrEqual(2060);
  }
  expect(new Set(all.map(({ fingerprint256 }) => fingerprint256)).size).toBe(all.length);
});

test("one of them signs for the region of each environment, of the kind its database asks for", async () => {
  const names = authorities().map(({ subject }) => /^CN=(.*)$/m.exec(subject)?.[1]);
  const regions = (await loadEnvironments(join(root, "environments"))).map(({ region }) => region);
  expect(regions).toHaveLength(3);
  for (const region of regions) expect(names).toContain(`Amazon RDS ${region} Root CA RSA2048 G1`);
});

test("a repository without the store gets none", () => {
  expect([...databaseAuthorities(makeRepository())]).toEqual([]);
});
