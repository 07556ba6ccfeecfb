import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
} from "@aws-sdk/client-acm";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { unzipSync } from "fflate";
import { openssl } from "../../certificates/openssl";
import { type Ended, runPlatform } from "../platform-process";
import { artifacts, CertificateScene, dnsName, endpoint } from "./certificate-scene";

/** The tests follow each other: each starts from what the one before left. */
describe("certificates", () => {
  jest.setTimeout(60_000);

  let scene: CertificateScene;

  beforeAll(async () => {
    scene = await CertificateScene.start();
  });

  afterAll(() => scene?.stop());

  const certificates = (command: string): Promise<Ended> => scene.certificates(command);
  const text = (name: string): string => scene.text(name);
  const imported = async (): Promise<string[]> => {
    const { CertificateSummaryList = [] } = await scene.acm.send(new ListCertificatesCommand({}));
    return CertificateSummaryList.map(({ CertificateArn = "" }) => CertificateArn);
  };
  const content = async (CertificateArn: string) =>
    scene.acm.send(new GetCertificateCommand({ CertificateArn }));

  test("nothing can be imported or handed out before there is an authority", async () => {
    for (const command of ["import", "client ada", "rotate", "emr-archive"]) {
      const { code, output } = await certificates(command);
      expect(code).toBe(1);
      expect(output).toContain("authority.pem is missing");
    }
    expect((await certificates("list")).output).toContain("certificates create --env dev");
  });

  test("`create` makes authority and server, says what comes next, and changes nothing the second time", async () => {
    const created = await certificates("create");
    expect(created).toMatchObject({ code: 0 });
    expect(created.output).toMatch(/^authority: made, valid until \d{4}-\d\d-\d\d\nserver: made/);
    expect(created.output).toContain("next: ./platform certificates import --env dev");
    const before = text("authority.key");
    expect((await certificates("create")).output).toMatch(/^authority: there already/);
    expect(text("authority.key")).toBe(before);
    expect(statSync(join(scene.folder, "authority.key")).mode & 0o777).toBe(0o600);
  });

  test("`import` puts the server's certificate into ACM, with the authority and the tags", async () => {
    const { code, output } = await certificates("import");
    expect(code).toBe(0);
    const [arn = "", ...others] = await imported();
    expect(others).toEqual([]);
    expect(output).toBe(`imported  ${arn}\n`);
    const { Certificate, CertificateChain } = await content(arn);
    expect(Certificate).toBe(text("server.pem"));
    // The emulator puts one of Amazon's own behind it.
    expect(CertificateChain?.startsWith(text("authority.pem"))).toBe(true);
    const { Tags } = await scene.acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
    expect(Tags).toEqual([
      { Key: "project", Value: "big-data" },
      { Key: "environment", Value: "dev" },
      { Key: "purpose", Value: "vpn-server" },
    ]);
    expect((await certificates("import")).output).toBe(`unchanged  ${arn}\n`);
  });

  test("a person without an endpoint to go to gets a certificate, and is told what is missing", async () => {
    const { code, output } = await certificates("client ada");
    expect(code).toBe(1);
    expect(output).toContain("ada: made");
    expect(output).toContain("✗ there is no profile yet");
  });

  test("with the endpoint of the access stack the profile is made, and the key stays", async () => {
    await scene.applyAccess();
    const key = text("people/ada.key");
    const { code, output } = await certificates("client ada");
    expect(code).toBe(0);
    expect(output).toContain("ada.ovpn: give it to ada by a safe way, it holds the key");
    expect(text("people/ada.key")).toBe(key);
    expect(text("people/ada.ovpn")).toContain(`remote ${dnsName.slice(2)} 443\n`);
    expect(text("people/ada.ovpn")).toContain(key.trim());
    expect(statSync(join(scene.folder, "people", "ada.ovpn")).mode & 0o777).toBe(0o600);
  });

  test("an endpoint can be given by name, and nothing but a name", async () => {
    expect(await certificates("client ben --endpoint cvpn-endpoint-1.example.com")).toMatchObject({
      code: 0,
    });
    expect(text("people/ben.ovpn")).toContain("remote cvpn-endpoint-1.example.com 443\n");
    const refused = await certificates("rotate ben --endpoint up-/etc/passwd");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('"up-/etc/passwd" is not the DNS name of an endpoint');
    expect(scene.ec2.requests).toEqual([]);
  });

  test("`revoke` gives the endpoint a list with the person on it", async () => {
    const { code, output } = await certificates("revoke ada");
    expect(code).toBe(0);
    expect(output).toContain(`${endpoint}: got the revocation list, with 1 on it`);
    expect(scene.ec2.requests).toHaveLength(1);
    expect(scene.ec2.requests[0]).toMatchObject({
      Action: "ImportClientVpnClientCertificateRevocationList",
      ClientVpnEndpointId: endpoint,
      CertificateRevocationList: text("revocations.pem"),
    });
    expect(await certificates("revoke ada")).toMatchObject({
      code: 1,
      output: expect.stringContaining("✗ ada is revoked already\n  → send the revocation list again"),
    });
  });

  test("a list that the endpoint did not get is called so, and `import` sends it again", async () => {
    scene.ec2.refuses = true;
    const refused = await certificates("revoke ben");
    scene.ec2.refuses = false;
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /✗ ben still comes in: the VPN endpoint did not get the revocation list: ec2:ImportClientVpn\w+ of cvpn-endpoint-\w+ failed: access is denied\n {2}→ mend that \(.*\), then send the list: \.\/platform certificates import --env dev\n/,
    );
    expect((await certificates("list")).output).toContain(
      "! the revocation list was not sent: whoever is on it may still come in: ./platform certificates import --env dev",
    );
    expect((await certificates("import")).output).toContain("got the revocation list, with 2 on it");
  });

  test("`rotate` renews a person, and revokes the certificate before", async () => {
    await certificates("client eve");
    const before = text("people/eve.pem");
    const { code, output } = await certificates("rotate eve");
    expect(code).toBe(0);
    expect(output).toContain("eve: replaced;");
    expect(output).toContain("with 3 on it");
    expect(text("people/eve.pem")).not.toBe(before);
    expect(text("people/eve.ovpn")).toContain(text("people/eve.key").trim());
  });

  test("`rotate` renews the server's certificate under the same ARN", async () => {
    const [arn = ""] = await imported();
    const before = text("server.pem");
    const { code, output } = await certificates("rotate");
    expect(code).toBe(0);
    expect(output).toContain(`replaced  ${arn}\n  the endpoint takes it over by itself, within a day\n`);
    expect(await imported()).toEqual([arn]);
    expect(text("server.pem")).not.toBe(before);
    expect((await content(arn)).Certificate).toBe(text("server.pem"));
    const { Tags = [] } = await scene.acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
    expect(Tags).toHaveLength(3);
  });

  test("`list` shows them all", async () => {
    const { code, output } = await certificates("list");
    expect(code).toBe(0);
    expect(output).toMatch(/^authority +authority +valid +\d{4}/m);
    expect(output).toMatch(/^server +server +valid +\d{4}/m);
    expect(output).toMatch(/^eve +person +valid +\d{4}/m);
    expect(output).toMatch(/^ada +person +revoked +\d{4}/m);
    expect(output).toMatch(/^revocations +revocation list +valid +\d{4}/m);
    expect(output).not.toContain("!");
    const listed = JSON.parse((await certificates("list --json")).output);
    expect(listed).toMatchObject({ environment: "dev", revocation_list_sent: true });
    expect(listed.certificates).toContainEqual({
      name: "ada",
      kind: "person",
      state: "revoked",
      valid_until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      serial_number: expect.stringMatching(/^[0-9a-f]+$/),
      remedy: null,
    });
  });

  test("`emr-archive` uploads a zip whose certificates openssl accepts", async () => {
    const { code, output } = await certificates("emr-archive");
    expect(code).toBe(0);
    expect(output).toContain(`s3://${artifacts}/certificates/emr-in-transit.zip`);
    expect(output).toContain("next: set processing.in_transit_certificates = true");
    const { Body } = await scene.s3.send(
      new GetObjectCommand({ Bucket: artifacts, Key: "certificates/emr-in-transit.zip" }),
    );
    const archive = unzipSync((await Body?.transformToByteArray()) ?? new Uint8Array());
    const unpacked = (name: string): string => {
      const path = join(scene.home, name);
      writeFileSync(path, archive[name] ?? "");
      return path;
    };
    const [trusted, chain] = [unpacked("trustedCertificates.pem"), unpacked("certificateChain.pem")];
    expect(openssl("verify", "-CAfile", trusted, chain)).toEqual({ code: 0, output: `${chain}: OK\n` });
    const key = openssl("pkey", "-in", unpacked("privateKey.pem"), "-check", "-noout");
    expect(key.output).toContain("Key is valid");
  });

  test("`rotate --authority` asks first, and is everybody's", async () => {
    const before = text("authority.pem");
    expect(await certificates("rotate --authority")).toMatchObject({
      code: 1,
      output: expect.stringContaining("✗ there is no terminal to confirm on"),
    });
    expect(await certificates("rotate eve --authority --yes")).toMatchObject({
      code: 1,
      output: expect.stringContaining("✗ a new authority is everybody's, not one person's"),
    });
    expect(text("authority.pem")).toBe(before);
  });

  test("`rotate --authority` replaces everything under the same ARN, and makes everybody's profile", async () => {
    const [arn = ""] = await imported();
    const before = [text("authority.pem"), text("people/eve.ovpn")];
    const { code, output } = await certificates("rotate --authority --yes");
    expect(code).toBe(0);
    expect(output).toContain(
      "the authority, the server's certificate and those of 1 people are replaced\n" +
        `replaced  ${arn}\n  the endpoint takes it over by itself, within a day\n` +
        `${endpoint}: got the revocation list, with 0 on it\n`,
    );
    expect(output).toMatch(/eve: \S+eve\.ovpn takes the place of the profile of before; it holds the key\n/);
    expect(output).toContain("open connections stay until their session ends");
    expect(await imported()).toEqual([arn]);
    const { Certificate, CertificateChain } = await content(arn);
    expect(Certificate).toBe(text("server.pem"));
    expect(CertificateChain?.startsWith(text("authority.pem"))).toBe(true);
    expect([text("authority.pem"), text("people/eve.ovpn")]).not.toEqual(before);
    expect(text("people/eve.ovpn")).toContain(`<ca>\n${text("authority.pem")}</ca>`);
    expect(scene.ec2.requests.at(-1)).toMatchObject({ CertificateRevocationList: text("revocations.pem") });
  });

  test("two certificates with the tags are named, and none is touched", async () => {
    const other = join(scene.home, "other");
    const elsewhere = (command: string) =>
      runPlatform(["certificates", command, "--env", "dev", "--folder", other], scene.environment);
    const [arn = ""] = await imported();
    const { AddTagsToCertificateCommand, ImportCertificateCommand } = await import("@aws-sdk/client-acm");
    await elsewhere("create");
    const { CertificateArn } = await scene.acm.send(
      new ImportCertificateCommand({
        Certificate: readFileSync(join(other, "server.pem")),
        PrivateKey: readFileSync(join(other, "server.key")),
        CertificateChain: readFileSync(join(other, "authority.pem")),
      }),
    );
    const Tags = Object.entries({ project: "big-data", environment: "dev", purpose: "vpn-server" });
    await scene.acm.send(
      new AddTagsToCertificateCommand({
        CertificateArn,
        Tags: Tags.map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    const { code, output } = await certificates("import");
    expect(code).toBe(1);
    expect(output).toContain("✗ several certificates in ACM have the tags of the VPN's server:");
    expect(output).toContain(arn);
    expect(output).toContain(CertificateArn);
  });
});
