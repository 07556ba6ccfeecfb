import { checkContracts } from "../../../../contracts/compiler/compare";
import { ContractError } from "../../../../contracts/compiler/problem";
import { makeDirectory, writeFiles } from "../../../release/support/repository";
import { clicksContract, fileServer } from "../streams";

function folder(text: string) {
  const directory = makeDirectory();
  writeFiles(directory, { "clicks.odcs.yaml": text });
  return { directory, root: directory };
}

/** The problems of a contract that follows another, each on one line; none when it may follow. */
function refusals(before: string, now: string): string[] {
  try {
    checkContracts(folder(now), folder(before));
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.problems.map(({ line, path, message, remedy }) => `${line} ${path} | ${message}; ${remedy}`);
  }
}

const withFiles = clicksContract.replace("schema:\n", `${fileServer}schema:\n`);
const filesAlone = withFiles
  .replace(/ {2}- server: events\n(?: {4}.*\n)*/, "")
  .replace(/ {8}quality:\n.*\n/, "");

const changed = (from: string, to: string): [string, string] => {
  expect(clicksContract.split(from)).toHaveLength(2);
  return [clicksContract, clicksContract.replace(from, () => to)];
};

const property = "servers[events].customProperties";
const late = "schema[clicks].properties[clicked_at].quality | ";

describe.each([
  [
    "another topic",
    () => changed("value: shop.clicks", "value: clicks"),
    `15 ${property}[topic].value | changes the topic, which producers and consumers name, from shop.clicks to clicks`,
    "keep shop.clicks",
  ],
  [
    "more partitions, between which keys move",
    () => changed("partitions, value: 3", "partitions, value: 6"),
    `16 ${property}[partitions].value | changes the partitions, and keys move between them, from 3 to 6`,
    "keep 3",
  ],
  [
    "records that are gone sooner",
    () => changed("retentionHours, value: 200", "retentionHours, value: 168"),
    `17 ${property}[retentionHours].value | changes the hours that records can be read again from 200 to 168`,
    "keep 200",
  ],
  [
    "less time for late events",
    () => changed("value: 2, unit: h", "value: 90, unit: m"),
    `29 ${late}tightens clicked_at.late from (seconds 7200) to (seconds 5400)`,
    "keep (seconds 7200)",
  ],
  [
    "a limit where there was none",
    (): [string, string] => [clicksContract.replace(/ {8}quality:\n.*\n/, ""), clicksContract],
    `29 ${late}has a new rule, clicked_at.late (seconds 7200)`,
    "leave the rule out",
  ],
  [
    "a new field that every event must have",
    () =>
      changed(
        "physicalType: INT }\n",
        "physicalType: INT }\n      - { name: x, logicalType: string, physicalType: STRING, required: true }\n",
      ),
    "32 schema[clicks].properties[x] | is a new column that is required, and rows stored before have no value",
    "let x be missing: required: false",
  ],
  [
    "a field that is gone",
    () => changed("      - { name: pages, logicalType: integer, physicalType: INT }\n", ""),
    "23 schema[clicks].properties | no longer has the column pages (int)",
    "keep pages",
  ],
  [
    "a stream that is gone",
    (): [string, string] => [withFiles.replace(/ {8}quality:\n.*\n/, ""), filesAlone],
    "10 servers | no longer name the topic shop.clicks, and producers write to it",
    "keep the server of type kafka",
  ],
  [
    "files that are gone",
    (): [string, string] => [withFiles, clicksContract],
    "10 servers | no longer name files, and batches bring some",
    "keep a server of type local or s3",
  ],
] as const)("breaking is %s", (_, change, problem, instead) => {
  test("under the same version, and not under the next major one", () => {
    const [before, now] = change();
    expect(refusals(before, now)).toEqual([
      `${problem}; that is breaking; make the version 2.0.0 (it was 1.0.0 and is 1.0.0), or ${instead}`,
    ]);
    expect(refusals(before, now.replace("version: 1.0.0", "version: 2.0.0"))).toEqual([]);
  });
});

describe.each([
  [
    "records that can be read again for longer",
    changed("retentionHours, value: 200", "retentionHours, value: 400"),
  ],
  ["more time for late events", changed("value: 2, unit: h", "value: 3, unit: h")],
  [
    "a new field that events may have",
    changed(
      "physicalType: INT }\n",
      "physicalType: INT }\n      - { name: x, logicalType: string, physicalType: STRING }\n",
    ),
  ],
  ["files in addition to the stream", [clicksContract, withFiles]],
])("additive is %s", (_, [before = "", now = ""]) => {
  test("under the same version, and not under the next minor one", () => {
    expect(refusals(before, now)).toEqual([
      expect.stringContaining("; that is additive; make the version 1.1.0"),
    ]);
    expect(refusals(before, now.replace("version: 1.0.0", "version: 1.1.0"))).toEqual([]);
  });
});

test("another event time is breaking, and the rule late moves with it", () => {
  const rule = /( {8}quality:\n.*\n)/.exec(clicksContract)?.[1] ?? "";
  const now = clicksContract
    .replace("eventTime, value: clicked_at", "eventTime, value: sent_at")
    .replace(rule, "")
    .replace(
      "{ name: sent_at,",
      "{ quality: [{ type: custom, engine: platform, implementation: { rule: late, value: 2, unit: h } }], name: sent_at,",
    );
  expect(refusals(clicksContract, now).map((text) => text.split("; that is ")[0])).toEqual([
    `18 ${property}[eventTime].value | changes the column that says when an event happened from clicked_at to sent_at`,
    "24 schema[clicks].properties[clicked_at] | no longer has the rule clicked_at.late",
    "28 schema[clicks].properties[sent_at].quality | has a new rule, sent_at.late (seconds 7200)",
  ]);
});

test("a dataset of files may become a stream, too, and fields of records have no order", () => {
  expect(refusals(filesAlone, withFiles.replace(/ {8}quality:\n.*\n/, ""))).toEqual([]);
  const pages = "      - { name: pages, logicalType: integer, physicalType: INT }\n";
  const reordered = clicksContract
    .replace(pages, "")
    .replace("    properties:\n", `    properties:\n${pages}`);
  expect(refusals(clicksContract, reordered)).toEqual([]);
});
