import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../platform-process";

const environments = join(__dirname, "..", "..", "..", "environments");

describe("check", () => {
  let copies: string;

  beforeEach(() => {
    copies = mkdtempSync(join(tmpdir(), "check-"));
    cpSync(environments, copies, { recursive: true });
  });

  afterEach(() => rmSync(copies, { recursive: true, force: true }));

  const edit = (file: string, from: string | RegExp, to: string): void => {
    const path = join(copies, file);
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };

  test("lays the environments side by side when all is well", async () => {
    const { code, output } = await runPlatform(["--environments", copies, "check"]);
    expect(code).toBe(0);
    const [head = "", ...rows] = output.trimEnd().split("\n");
    expect(head).toMatch(/^environment +account +region +VPC +NAT gateways +EMR +units +Airflow +class$/);
    expect(rows.map((row) => row.split(/ +/)[0])).toEqual(["dev", "prod", "staging"]);
    expect(rows[0]).toMatch(
      /^dev +\d{12} +\S+ +10\.100\.0\.0\/16 +single +emr-7\.8\.0 +1–3 +3\.0\.6 +mw1\.micro$/,
    );
  });

  test("warns of ranges that overlap, and does not fail", async () => {
    edit("dev.tfvars", /vpc_cidr +=.*/, "");
    edit("staging.tfvars", /vpn_client_cidr +=.*/, 'vpn_client_cidr = "172.24.0.0/16"');
    const { code, output } = await runPlatform(["--environments", copies, "check"]);
    expect(code).toBe(0);
    expect(output).toMatch(
      new RegExp(
        `${copies}/staging\\.tfvars:\\d+ +network\\.vpn_client_cidr = "172\\.24\\.0\\.0/16"\n +overlaps .*dev\\.tfvars`,
      ),
    );
    expect(output).toContain("1 warning in 1 file\n");
    expect(output).toMatch(/^dev +111111111111/m);
  });

  test("prints all problems of all files and fails", async () => {
    edit("dev.tfvars", /region += "[^"]+"/, 'region = "eu-nroth-1"');
    edit("prod.tfvars", /^project/m, "bogus = 1\nproject");
    const { code, output } = await runPlatform(["--environments", copies, "check"]);
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`${copies}/dev\\.tfvars:\\d+ +region = "eu-nroth-1"`));
    expect(output).toMatch(new RegExp(`${copies}/prod\\.tfvars:\\d+ +bogus = 1`));
    expect(output).toContain(`✗ 2 problems in ${copies}; nothing was written\n`);
  });

  test("prints problems and warnings as JSON for scripts", async () => {
    const right = await runPlatform(["--environments", copies, "check", "--json"]);
    expect(right.code).toBe(0);
    expect(JSON.parse(right.output)).toMatchObject({
      environments: [{ environment: "dev" }, { environment: "prod" }, { environment: "staging" }],
      problems: [],
    });
    edit("dev.tfvars", /region += "[^"]+"/, 'region = "eu-nroth-1"');
    const wrong = await runPlatform(["--environments", copies, "check", "--json"]);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.output).problems).toEqual([
      {
        file: join(copies, "dev.tfvars"),
        line: expect.any(Number),
        path: "region",
        message: expect.stringContaining("is not"),
        remedy: expect.stringContaining("eu-north-1"),
      },
    ]);
  });

  test("fails when there is nothing to check", async () => {
    const { code, output } = await runPlatform(["--environments", join(copies, "none"), "check"]);
    expect(code).toBe(1);
    expect(output).toContain(join(copies, "none"));
    expect(output).not.toMatch(/^ +at /m);
  });
});
