import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openssl } from "../../certificates/openssl";
import { CertificateScene } from "./certificate-scene";

/** The tests follow each other: each starts from what the one before left. */
describe("revocations", () => {
  jest.setTimeout(180_000);

  let scene: CertificateScene;

  beforeAll(async () => {
    scene = await CertificateScene.start();
    for (const command of ["create", "import"]) expect((await scene.certificates(command)).code).toBe(0);
    await scene.applyAccess();
  });

  afterAll(() => scene?.stop());

  test("somebody who is revoked without credentials is said to come in still, too", async () => {
    await scene.certificates("client dan");
    const unknown = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_CONFIG_FILE: "/dev/null" };
    const refused = await scene.certificates("revoke dan", {
      ...unknown,
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("dan: revoked ");
    expect(refused.output).toContain("✗ dan still comes in: ");
    expect((await scene.certificates("import")).output).toContain("got the revocation list, with 1 on it");
    expect((await scene.certificates("list")).output).not.toContain("!");
  });

  test("of several revocations at once none is lost", async () => {
    const names = ["uno", "due", "tre", "quattro"];
    for (const name of names) expect((await scene.certificates(`client ${name}`)).code).toBe(0);
    const revoked = await Promise.all(names.map((name) => scene.certificates(`revoke ${name}`)));
    expect(revoked).toEqual(names.map(() => expect.objectContaining({ code: 0 })));
    const list = openssl("crl", "-in", join(scene.folder, "revocations.pem"), "-noout", "-text").output;
    expect(list.match(/Serial Number:/g)).toHaveLength(5);
    expect(scene.ec2.requests.at(-1)).toMatchObject({
      CertificateRevocationList: scene.text("revocations.pem"),
    });
    expect(existsSync(join(scene.folder, ".lock"))).toBe(false);
  });

  test("a certificate that is neither in use nor on the list is shown as valid, and can be revoked", async () => {
    await scene.certificates("client zoe");
    const serial = openssl(
      "x509",
      "-in",
      join(scene.folder, "people", "zoe.pem"),
      "-noout",
      "-serial",
    ).output;
    const retired = `zoe.${serial.trim().replace("serial=", "").toLowerCase()}.pem`;
    renameSync(join(scene.folder, "people", "zoe.pem"), join(scene.folder, "retired", retired));
    for (const file of ["zoe.key", "zoe.ovpn"]) rmSync(join(scene.folder, "people", file));
    expect((await scene.certificates("list")).output).toMatch(
      /^zoe +person +still valid[^!]*! zoe still valid: whoever has its key comes in: \.\/platform certificates revoke zoe --env dev$/ms,
    );
    expect(await scene.certificates("revoke zoe")).toMatchObject({ code: 0 });
    expect((await scene.certificates("list")).output).toMatch(/^zoe +person +revoked/m);
  });
});
