import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../config";
import { textOf } from "../stacks/synthesis";
import { type Finding, type Scan, scan } from "./checkov";
import { waivers } from "./waivers";

/** So many checks may be waived at all, wherever. */
const mostWaivedChecks = 10;

/** A finding as waivers name it: the stack without its environment or account. */
function line({ check, stack, address }: Finding): string {
  return `${check} ${stack.replace(/^(prod|dev)-|-\d{12}$/g, "")} ${address}`;
}

const root = join(__dirname, "..", "..");

async function scanEnvironment(environment: string, folder: string): Promise<Scan> {
  const configs = await loadEnvironments(join(root, folder));
  const chosen = configs.filter((config) => config.environment === environment);
  const home = mkdtempSync(join(tmpdir(), "checkov-"));
  try {
    return await scan(textOf(chosen), home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

const everywhere = waivers.filter(({ only }) => only === undefined);
const inDevelopment = waivers.filter(({ only }) => only === "dev");
const inExample = waivers.filter(({ only }) => only === "everything");

/** Each with the waivers that count there, and those of them that have to be needed. */
describe.each([
  ["prod", "environments", everywhere, everywhere],
  ["dev", "environments", [...everywhere, ...inDevelopment], [...everywhere, ...inDevelopment]],
  ["dev", join("examples", "everything"), waivers, inExample],
])("the stacks of %s in %s", (environment, folder, applicable, needed) => {
  jest.setTimeout(300_000);

  let result: Scan;

  beforeAll(async () => {
    result = await scanEnvironment(environment, folder);
  });

  test("pass every check of checkov that is not waived", () => {
    expect(result.passed).toBeGreaterThan(200);
    const waived = new Set(
      applicable.flatMap(({ check, addresses }) => addresses.map((address) => `${check} ${address}`)),
    );
    expect(result.failed.filter((finding) => !waived.has(line(finding)))).toEqual([]);
  });

  test("need every waiver: a stale one goes", () => {
    const found = new Set(result.failed.map(line));
    const stale = needed.flatMap(({ check, addresses }) =>
      addresses.map((address) => `${check} ${address}`).filter((waived) => !found.has(waived)),
    );
    expect(stale).toEqual([]);
  });
});

test(`at most ${mostWaivedChecks} checks are waived, each with its reason`, () => {
  expect(everywhere.length).toBeGreaterThan(0);
  expect(new Set(everywhere.map(({ check }) => check)).size).toBeLessThanOrEqual(mostWaivedChecks);
  for (const { reason } of waivers) expect(reason.length).toBeGreaterThan(30);
});
