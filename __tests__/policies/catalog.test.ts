import { queryTables } from "../../policies/catalog";
import type { Statement } from "../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };
const names = {
  workgroup: "big-data-dev",
  databases: ["big_data_dev_marts"],
  dataBucket: "data",
  folders: ["marts"],
  resultsBucket: "results",
  keyArn: "arn:aws:kms:eu-north-1:111111111111:key/k",
};
const statements: Statement[] = JSON.parse(queryTables(place, names)).Statement;
const statement = (sid: string) => {
  const found = statements.filter(({ Sid }) => Sid === sid);
  expect(found).toHaveLength(1);
  return found[0];
};

test("queries run in one workgroup and see the tables of the named databases", () => {
  expect(statement("QueryInWorkgroup")?.Resource).toBe(
    "arn:aws:athena:eu-north-1:111111111111:workgroup/big-data-dev",
  );
  expect(statement("SeeTables")?.Resource).toEqual([
    "arn:aws:glue:eu-north-1:111111111111:catalog",
    "arn:aws:glue:eu-north-1:111111111111:database/default",
    "arn:aws:glue:eu-north-1:111111111111:database/big_data_dev_marts",
    "arn:aws:glue:eu-north-1:111111111111:table/big_data_dev_marts/*",
  ]);
});

test("only their folders are read, data and metadata alike, and only results are written", () => {
  expect(statement("ReadTables")?.Resource).toEqual(["arn:aws:s3:::data/marts/*"]);
  expect(statement("ListTables")?.Condition).toEqual({ StringLike: { "s3:prefix": ["marts/*"] } });
  const writing = statements.filter(({ Action }) => JSON.stringify(Action).includes("s3:Put"));
  expect(writing.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ["KeepResults", "arn:aws:s3:::results/results/*"],
  ]);
});

test("the key serves what is stored, and nothing else", () => {
  expect(statement("UseKey")).toMatchObject({
    Resource: names.keyArn,
    Condition: { StringEquals: { "kms:ViaService": ["s3.eu-north-1.amazonaws.com"] } },
  });
});

test("no statement allows every action, and only the list of workgroups knows no resource", () => {
  expect(statements).toHaveLength(8);
  const everything = statements.filter(({ Resource }) => [Resource].flat().includes("*"));
  expect(everything.map(({ Sid, Action }) => [Sid, Action])).toEqual([
    ["FindWorkgroups", "athena:ListWorkGroups"],
  ]);
  for (const { Action } of statements) {
    expect([Action].flat()).not.toContain("*");
    expect([Action].flat().filter((action) => action?.endsWith(":*"))).toEqual([]);
  }
});
