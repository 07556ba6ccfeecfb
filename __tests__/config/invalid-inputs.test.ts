import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, formatProblems, loadEnvironment } from "../../config";
import { endpointsWithoutNat } from "../../config/catalogue/interface-endpoints";
import { accessInputs } from "./invalid/access";
import { asWrittenInputs } from "./invalid/as-written";
import { type InvalidInput, sourceWith, validSource } from "./invalid/base";
import { catalogInputs } from "./invalid/catalog";
import { eventsInputs } from "./invalid/events";
import { existingNetworkAlone, existingNetworkInputs } from "./invalid/existing-network";
import { identityInputs } from "./invalid/identity";
import { lakeInputs } from "./invalid/lake";
import { metadataInputs } from "./invalid/metadata";
import { networkInputs } from "./invalid/network";
import { notOfferedInputs } from "./invalid/not-offered";
import { observabilityInputs } from "./invalid/observability";
import { orchestrationInputs } from "./invalid/orchestration";
import { principalInputs } from "./invalid/principals";
import { processingInputs } from "./invalid/processing";
import { refusedByAwsInputs } from "./invalid/refused-by-aws";
import { roleInputs } from "./invalid/roles";
import { serverlessInputs } from "./invalid/serverless";
import { streamingInputs } from "./invalid/streaming";
import { syntaxInputs } from "./invalid/syntax";
import { unreachableInputs } from "./invalid/unreachable";

const tables: Record<string, readonly InvalidInput[]> = {
  identity: identityInputs,
  roles: roleInputs,
  network: networkInputs,
  existing: existingNetworkInputs,
  access: accessInputs,
  lake: lakeInputs,
  metadata: metadataInputs,
  processing: processingInputs,
  serverless: serverlessInputs,
  orchestration: orchestrationInputs,
  catalog: catalogInputs,
  observability: observabilityInputs,
  events: eventsInputs,
  streaming: streamingInputs,
  "refused by AWS": refusedByAwsInputs,
  syntax: syntaxInputs,
  unreachable: unreachableInputs,
  principals: principalInputs,
  "not offered": notOfferedInputs,
  "as written": asWrittenInputs,
};

const directory = mkdtempSync(join(tmpdir(), "environments-"));
const file = join(directory, "prod.tfvars");

afterAll(() => rmSync(directory, { recursive: true }));

/** The problems of a source as they are printed, without the directory and the count. */
async function problemsOf(source: string): Promise<string[]> {
  writeFileSync(file, source);
  try {
    await loadEnvironment(file);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return formatProblems(error.problems).replaceAll(`${directory}/`, "").split("\n\n").slice(0, -1);
  }
}

test("the source all inputs are made of is valid", async () => {
  expect(await problemsOf(validSource)).toEqual([]);
});

test("the tables hold at least 350 inputs, all different", () => {
  const inputs = Object.values(tables).flat();
  expect(inputs.length).toBeGreaterThanOrEqual(350);
  expect(new Set(inputs.map(([line, text]) => `${line} ${text}`)).size).toBe(inputs.length);
  expect(inputs.every(([, , ...problems]) => problems.length > 0)).toBe(true);
});

const rows = Object.entries(tables).flatMap(([table, inputs]) => {
  return inputs.map(([line, text, ...problems]) => ({ table, line, text, problems }));
});

test.each(rows)("$table, line $line: $text", async ({ line, text, problems }) => {
  expect(await problemsOf(sourceWith(line, text))).toEqual(problems);
});

test.each(existingNetworkAlone.map(([text, ...problems]) => ({ text, problems })))(
  "a VPC that is there: $text",
  async ({ text, problems }) => {
    const lines = validSource.split("\n");
    const source = [...lines.slice(0, 6), text, ...lines.slice(20)].join("\n");
    expect(await problemsOf(source)).toEqual(problems);
  },
);

test("without a NAT gateway, runs on EMR Serverless need its endpoint too", async () => {
  const all = [...endpointsWithoutNat].map((service) => `"${service}"`).join(", ");
  const source = validSource
    .replace('"per_zone"', '"none"')
    .replace(/interface_endpoints = .*/, `interface_endpoints = [${all}]`);
  expect(await problemsOf(source)).toEqual([]);
  const [problem, ...others] = await problemsOf(
    source.replace("processing = {", 'processing = {\n  compute = "emr_serverless"'),
  );
  expect(others).toEqual([]);
  expect(problem).toMatch(
    /^prod\.tfvars:18 {2}network\.interface_endpoints = .*\n {4}lacks emr-serverless; /,
  );
});
