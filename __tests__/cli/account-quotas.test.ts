import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseBeyondQuotas } from "../../cli/account-quotas";
import { beyondQuotas } from "../../policies/ci/workflow-roles";
import { workflowAccessOf } from "../../stacks/bootstrap/accounts";
import { dev, variant } from "../stacks/environments";
import { runPlatform } from "./platform-process";

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    variant({ project: "a-project-of-a-length-25-", environment: `e${index}-longest` }),
  );

test("a dozen environments of an account fit into the policies of a role, whatever their names", () => {
  expect(() => refuseBeyondQuotas(many(12))).not.toThrow();
});

test("more than IAM takes are refused before IAM refuses them, with what to change", () => {
  const branches = many(12).map((config, index) => ({
    ...config,
    ci: { repository: "org/repo", create_provider: true, branch: `${"branch-".repeat(12)}${index}` },
  }));
  expect(() => refuseBeyondQuotas(branches)).toThrow(
    /IAM would refuse the roles of CI:\n {2}account 111111111111 \(e0-longest, .*\): the trust policy of a-project-of-a-length-25--ci-plan has \d+ characters, and IAM takes 2048/,
  );
  const [first = dev, ...others] = many(80);
  const access = workflowAccessOf([first, ...others]);
  const found = access === undefined ? [] : beyondQuotas(access);
  expect(found.join("\n")).toMatch(/-ci-plan has \d+ policies, and IAM takes 10/);
  expect(found.join("\n")).toMatch(/a policy of \S+-ci-plan has \d+ characters, and IAM takes 6144/);
});

describe("platform check", () => {
  const home = mkdtempSync(join(tmpdir(), "quotas-"));

  afterAll(() => rmSync(home, { recursive: true }));

  test("says so of a file", async () => {
    const committed = readFileSync(join(__dirname, "..", "..", "environments", "dev.tfvars"), "utf8");
    const subnet = (index: number) =>
      `"s${index}" = { id = "subnet-${String(index).padStart(17, "0")}", zone = "${"ab"[index % 2]}" }`;
    const tier = (from: number, count: number) =>
      `{ ${Array.from({ length: count }, (_, index) => subnet(from + index)).join(", ")} }`;
    const network = `network = {
      vpc_cidr = "10.100.0.0/16"
      existing = {
        vpc_id = "vpc-0123456789abcdef0"
        public_subnets = { vpn = { id = "subnet-fffffffffffffffff", zone = "a" } }
        private_subnets = ${tier(0, 100)}
        database_subnets = ${tier(100, 20)}
      }
    }`;
    writeFileSync(join(home, "dev.tfvars"), committed.replace(/^network = \{[\s\S]*?^\}/m, network));
    const { code, output } = await runPlatform(["--environments", home, "check"]);
    expect(output).toMatch(/a policy of big-data-ci-apply-dev has \d+ characters, and IAM takes 6144/);
    expect(output).toMatch(/→ move environments to another account .* fewer subnets in network\.existing/);
    expect(code).toBe(1);
  });
});
