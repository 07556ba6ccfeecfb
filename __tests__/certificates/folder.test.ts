import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CertificateFolder,
  createCertificates,
  createPerson,
  inventory,
  needsAttention,
  replaceAuthority,
  revokePerson,
  rotatePerson,
  rotateServer,
} from "../../certificates";
import { failureWithin } from "../base/file-limit";
import { openssl } from "./openssl";

const subject = { project: "big-data", environment: "dev" };
const root = join(__dirname, "..", "..");

let home: string;
let folder: CertificateFolder;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "folder-"));
  folder = new CertificateFolder(join(home, "private", "big-data-dev"));
});

afterAll(() => rmSync(home, { recursive: true }));

const files = (): string[] =>
  readdirSync(folder.path, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder.path, name)).isFile())
    .sort();
const text = (name: string): string => readFileSync(join(folder.path, name), "utf8");
const entries = () => inventory(folder).map(({ name, kind, validity }) => [name, kind, validity]);

/** The tests follow each other: each starts from what the one before left. */
describe("the folder of an environment", () => {
  test("is asked for an authority before it issues anything", async () => {
    await expect(createPerson(folder, "ada")).rejects.toThrow("authority.pem is missing");
  });

  test("is named when the disk has no room for a certificate, and holds no part of one", () => {
    const other = join(home, "full");
    const add = `new it.CertificateFolder(${JSON.stringify(other)}).add("ada", { certificate: "c", privateKey: "k" })`;
    expect(failureWithin(0, "certificates/index.ts", add)).toMatch(
      /full\/\S+: cannot be written: the file is larger/,
    );
    const left = readdirSync(other, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(left).toEqual([]);
  });

  test("holds what `create` makes, and keeps it the second time", async () => {
    const first = await createCertificates(folder, subject);
    expect([first.authority.isNew, first.server.isNew]).toEqual([true, true]);
    expect(files()).toEqual(["authority.key", "authority.pem", "server.key", "server.pem"]);
    const before = files().map(text);
    const second = await createCertificates(folder, subject);
    expect([second.authority.isNew, second.server.isNew]).toEqual([false, false]);
    expect(files().map(text)).toEqual(before);
  });

  test("keeps a person's key when the person is asked for again", async () => {
    expect((await createPerson(folder, "ada")).isNew).toBe(true);
    await createPerson(folder, "ben");
    const key = text("people/ada.key");
    expect((await createPerson(folder, "ada")).isNew).toBe(false);
    expect(text("people/ada.key")).toBe(key);
    expect(folder.people()).toEqual(["ada", "ben"]);
  });

  test.each(["", "Ada", "../ada", "ada/ben", "-ada", "a".repeat(65)])(
    "refuses a person called %j",
    async (person) => {
      await expect(createPerson(folder, person)).rejects.toThrow("cannot be a person's name here");
    },
  );

  test("never adds over what is there", () => {
    expect(() => folder.add("people/ada", folder.read("people/ben"))).toThrow(
      "people/ada.pem is there already",
    );
  });

  test("lets its owner alone read the files and enter the folders", () => {
    folder.writeProfile("ada", "client\n");
    const modes = ["", ...readdirSync(folder.path, { recursive: true, encoding: "utf8" })].map((name) => {
      const status = statSync(join(folder.path, name));
      return [status.isDirectory() ? "folder" : "file", (status.mode & 0o777).toString(8)];
    });
    expect(modes).toHaveLength(11);
    for (const [kind, mode] of modes) expect(mode).toBe(kind === "folder" ? "700" : "600");
  });

  test("revokes a person: on the list, without key and profile, the certificate kept", async () => {
    const [serial = "", ...others] = await revokePerson(folder, "ada");
    expect(others).toEqual([]);
    expect(files()).not.toEqual(expect.arrayContaining([expect.stringMatching(/people\/ada/)]));
    expect(openssl("crl", "-in", join(folder.path, "revocations.pem"), "-noout", "-text").output).toContain(
      `Serial Number: ${serial.toUpperCase()}`,
    );
    expect(text(`retired/ada.${serial}.pem`)).toContain("BEGIN CERTIFICATE");
    await expect(revokePerson(folder, "ada")).rejects.toThrow("ada is revoked already");
    await expect(revokePerson(folder, "nobody")).rejects.toThrow(/^nobody has no certificate in /);
  });

  test("gives a person a new certificate, and revokes the one before", async () => {
    const before = folder.certificate("people/ben").serialNumber;
    expect(await rotatePerson(folder, "ben")).toBe(before);
    expect(folder.certificate("people/ben").serialNumber).not.toBe(before);
    expect(folder.revocations()?.revocations).toHaveLength(2);
    expect(folder.read("people/ben").privateKey).toContain("PRIVATE KEY");
  });

  test("gives the server a new certificate of the same authority and signs the list anew", async () => {
    const [before, list] = [folder.certificate("server"), text("revocations.pem")];
    await rotateServer(folder, subject);
    const after = folder.certificate("server");
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.subject).toBe(before.subject);
    expect(text("revocations.pem")).not.toBe(list);
    expect(folder.revocations()?.revocations).toHaveLength(2);
    const authority = join(folder.path, "authority.pem");
    expect(openssl("verify", "-CAfile", authority, join(folder.path, "server.pem")).code).toBe(0);
  });

  test("tells what there is, and what soon is no longer", () => {
    expect(entries()).toEqual([
      ["authority", "authority", "valid"],
      ["server", "server", "valid"],
      ["ben", "person", "valid"],
      ["ada", "person", "revoked"],
      ["ben", "person", "revoked"],
      ["server", "server", "replaced"],
      ["revocations", "revocation list", "valid"],
    ]);
    expect(inventory(folder).filter(needsAttention)).toEqual([]);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const attention = (days: number) =>
      inventory(folder, inDays(days))
        .filter(needsAttention)
        .map(({ name, validity }) => [name, validity]);
    expect(attention(151)).toEqual([["revocations", "expires soon"]]);
    expect(attention(340)).toEqual([
      ["ben", "expires soon"],
      ["revocations", "expired"],
    ]);
  });

  test("gets a new authority without the key of the one before, and everything it signed with it", async () => {
    const names = ["authority", "server", "people/ben"];
    const before = names.map((name) => text(`${name}.pem`));
    rmSync(join(folder.path, "authority.key"));
    folder.writeProfile("ben", "of before");
    expect(await replaceAuthority(folder, subject)).toEqual(["ben"]);
    for (const [index, name] of names.entries()) {
      expect(text(`${name}.pem`)).not.toBe(before[index]);
      expect(folder.read(name).privateKey).toContain("PRIVATE KEY");
    }
    const authority = join(folder.path, "authority.pem");
    const verified = (file: string) => openssl("verify", "-CAfile", authority, join(folder.path, file)).code;
    expect(["server.pem", "people/ben.pem"].map(verified)).toEqual([0, 0]);
    expect(files()).not.toContain("people/ben.ovpn");
    const list = openssl("crl", "-in", join(folder.path, "revocations.pem"), "-noout", "-CAfile", authority);
    expect(list).toEqual({ code: 0, output: "verify OK\n" });
    expect(folder.revocations()?.revocations).toEqual([]);
    expect(entries().filter(([, , validity]) => validity === "replaced")).toEqual([
      ["ada", "person", "replaced"],
      ["authority", "authority", "replaced"],
      ["ben", "person", "replaced"],
      ["ben", "person", "replaced"],
      ["server", "server", "replaced"],
      ["server", "server", "replaced"],
    ]);
  });

  test("says so when a half is missing or is another's", () => {
    rmSync(join(folder.path, "server.key"));
    expect(() => folder.read("server")).toThrow("server.key is missing");
    writeFileSync(join(folder.path, "server.key"), text("people/ben.key"));
    expect(() => folder.read("server")).toThrow("the private key is not the certificate's");
    writeFileSync(join(folder.path, "server.pem"), "nonsense");
    expect(() => folder.certificate("server")).toThrow("server.pem holds no certificate in PEM");
  });
});

test("git never sees it", () => {
  const path = "certificates/private/big-data-dev/people/ada.ovpn";
  expect(execFileSync("git", ["check-ignore", path], { cwd: root, encoding: "utf8" })).toBe(`${path}\n`);
});
