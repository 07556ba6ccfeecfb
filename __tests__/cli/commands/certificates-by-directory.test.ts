import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../platform-process";

test("where a directory knows the people, nobody gets a certificate", async () => {
  const environments = mkdtempSync(join(tmpdir(), "environments-"));
  const source = readFileSync(join(__dirname, "..", "..", "..", "environments", "dev.tfvars"), "utf8");
  const arn = "arn:aws:iam::111111111111:saml-provider/company";
  const saml = source.replace(
    "vpn = {",
    `vpn = {\n authentication = { kind = "saml", provider_arn = "${arn}" }`,
  );
  writeFileSync(join(environments, "dev.tfvars"), saml);
  for (const command of ["client eve", "revoke eve", "rotate eve"]) {
    const args = ["--environments", environments, "certificates", ...command.split(" "), "--env", "dev"];
    const { code, output } = await runPlatform([...args, "--folder", join(environments, "keys")]);
    expect(code).toBe(1);
    expect(output).toContain("people of dev log in by the company's directory");
  }
  rmSync(environments, { recursive: true });
}, 60_000);
