import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../cli/platform-process";
import { LocalStack, type StackJson } from "./local-stack";
import { terraformEnvironment } from "./stand-in";

type Change = (resource: StackJson["resource"]) => void;

/** Gives one resource of a type other attributes. */
function alter(resource: StackJson["resource"], type: string, name: string, attributes: object): void {
  const before = resource[type]?.[name];
  expect(before).toBeDefined();
  Object.assign(before ?? {}, attributes);
}

const reference = (expression: string): string => `\${${expression}}`;

/** What the derived schema refuses in a synthesized stack, under the real Terraform. */
describe("terraform validate refuses", () => {
  jest.setTimeout(300_000);

  let home: string;
  let lake: LocalStack;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "refusals-"));
    Object.assign(process.env, terraformEnvironment(home));
    expect(await runPlatform(["synth", "--out", home])).toMatchObject({ code: 0 });
    lake = new LocalStack(join(home, "stacks", "dev-lake"));
    await lake.succeed("init");
    copyFileSync(join(lake.directory, "cdk.tf.json"), join(home, "synthesized.json"));
  });

  beforeEach(() => copyFileSync(join(home, "synthesized.json"), join(lake.directory, "cdk.tf.json")));

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("nothing in the stack as it is synthesized", async () => {
    expect(await lake.succeed("validate")).toBe("Success! The configuration is valid.\n\n");
  });

  test.each<[string, Change, RegExp]>([
    [
      "a misspelt argument",
      (resource) => alter(resource, "aws_s3_bucket", "data", { force_destory: true }),
      /Extraneous JSON object property.*No argument or block type is named "force_destory"/,
    ],
    [
      "a misspelt argument of a block",
      (resource) =>
        alter(resource, "aws_s3_bucket_versioning", "data", {
          versioning_configuration: { status: "Enabled", mfa: "Disabled" },
        }),
      /No argument or block type is named "mfa"/,
    ],
    [
      "a missing argument",
      ({ aws_s3_bucket_versioning: all }) => delete all?.data?.bucket,
      /Missing required argument.*The argument "bucket" is required/,
    ],
    [
      "a missing block",
      ({ aws_s3_bucket_versioning: all }) => delete all?.data?.versioning_configuration,
      /Insufficient versioning_configuration blocks/,
    ],
    [
      "a second block of one",
      (resource) =>
        alter(resource, "aws_s3_bucket_versioning", "data", {
          versioning_configuration: [{ status: "Enabled" }, { status: "Suspended" }],
        }),
      /Too many versioning_configuration blocks/,
    ],
    [
      "a value of another type",
      (resource) => alter(resource, "aws_s3_bucket", "data", { force_destroy: "perhaps" }),
      /Incorrect attribute value type.*a bool is required/,
    ],
    [
      "an attribute that can only be read",
      (resource) => alter(resource, "aws_s3_bucket", "data", { arn: "arn:aws:s3:::data" }),
      /Value for unconfigurable attribute/,
    ],
    [
      "a reference to an attribute that does not exist",
      (resource) =>
        alter(resource, "aws_s3_bucket_versioning", "data", {
          bucket: reference("aws_s3_bucket.data.nam"),
        }),
      /This object has no argument, nested block, or exported attribute named "nam"/,
    ],
    [
      "an unknown type",
      (resource) => Object.assign(resource, { aws_s3_buckett: { data: {} } }),
      /Invalid resource type.*does not support resource type "aws_s3_buckett"/,
    ],
  ])("%s", async (_, change, message) => {
    lake.edit(({ resource }) => change(resource));
    const { code, stderr } = await lake.run("validate");
    expect(code).toBe(1);
    expect(stderr.replace(/[\s│╷╵]+/g, " ")).toMatch(message);
  });
});
