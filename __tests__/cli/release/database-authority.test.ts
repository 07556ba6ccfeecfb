import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireDatabaseAuthority } from "../../../cli/release/database-authority";
import { regions } from "../../../config/catalogue/regions";
import { databaseAuthorities } from "../../../release/assembly/database-authorities";

const root = join(__dirname, "..", "..", "..");

describe("before a release is published", () => {
  let bundle: string;
  let certificates: string;

  beforeEach(() => {
    bundle = mkdtempSync(join(tmpdir(), "authority-"));
    certificates = join(bundle, "dags", "platform_metadata", "certificates");
    mkdirSync(certificates, { recursive: true });
    for (const [path, content] of databaseAuthorities(root)) writeFileSync(join(bundle, path), content);
  });

  afterEach(() => rmSync(bundle, { recursive: true, force: true }));

  const refused = (region: string): boolean => {
    try {
      requireDatabaseAuthority(bundle, region);
      return false;
    } catch {
      return true;
    }
  };

  test("an authority of its region has to be there, whatever the partition", () => {
    const without = regions.filter(refused);
    // Those that the package does not know; a newer one may.
    expect(without).toEqual([
      "ap-east-2",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-west-1",
      "cn-north-1",
      "cn-northwest-1",
      "eusc-de-east-1",
      "il-central-1",
      "mx-central-1",
      "us-gov-east-1",
      "us-gov-west-1",
    ]);
  });

  test("the refusal says what would fail, and what to do", () => {
    expect(() => requireDatabaseAuthority(bundle, "cn-north-1")).toThrow(
      "dags/platform_metadata/certificates has no authority of RDS for cn-north-1: record_runs would refuse the metadata store's certificate",
    );
  });

  test("one that somebody put beside it counts, and that of another region does not", () => {
    cpSync(join(certificates, "rds.pem"), join(certificates, "eu-north-1.pem"));
    rmSync(join(certificates, "rds.pem"));
    expect(refused("eu-north-1")).toBe(false);
    expect(refused("us-gov-west-1")).toBe(true);
    rmSync(certificates, { recursive: true });
    expect(refused("eu-north-1")).toBe(true);
  });

  test("a release without the store needs none", () => {
    rmSync(join(bundle, "dags"), { recursive: true });
    expect(refused("cn-north-1")).toBe(false);
  });
});
