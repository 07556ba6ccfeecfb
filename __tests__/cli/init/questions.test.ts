import { companyQuestions, environmentQuestions } from "../../../cli/init/questions";

const questions = [...companyQuestions, ...environmentQuestions];

/** A wrong answer to each question, and what is said of it. */
const wrong: Readonly<Record<string, readonly [typed: string, message: string, allowed: string]>> = {
  project: [
    "Acme",
    "does not have the right form",
    "use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter",
  ],
  region: [
    "eu-wst-1",
    "is not one of the known values",
    'did you mean "eu-west-1"? all 39 are in docs/configuration.md',
  ],
  owner: [
    "data & more",
    "does not have the right form",
    "use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start",
  ],
  cost_centre: [
    "",
    "does not have the right form",
    "use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start",
  ],
  emails: [
    "data@acme.example, data",
    "does not have the right form",
    "use an e-mail address, for example data-team@example.com",
  ],
  mail_from: [
    "airflow",
    "does not have the right form",
    "use an e-mail address, for example data-team@example.com",
  ],
  repository: [
    "acme",
    "does not have the right form",
    "use a GitHub repository as owner/name, for example example-org/big-data-platform",
  ],
  envs: [
    "dev Prod",
    "does not have the right form",
    "use 1 to 12 lower-case letters, digits and single hyphens, starting with a letter",
  ],
  account: ["333", "does not have the right form", "use the 12 digits of an AWS account id, in quotes"],
  size: ["huge", "is not a size", "use one of small, standard, large"],
  compute: ["glue", "is not one of the known values", 'use one of "emr", "emr_serverless"'],
  vpn: ["perhaps", "is text, not a boolean", "use true or false"],
  budget: ["0", "is below 1", "use a whole number from 1 to 10000000"],
};

test.each(questions)("a wrong answer about $key is refused with what is allowed", ({ key, read }) => {
  const [typed, message, allowed] = wrong[key] ?? [];
  expect(read(typed ?? "")).toEqual({ finding: { message, allowed } });
});

test("environments are named once, and at least one is", () => {
  const { read } = questions.find(({ key }) => key === "envs") ?? fail();
  expect(read("dev, prod dev")).toEqual({
    finding: { message: "names dev twice", allowed: "name each of them once" },
  });
  expect(read(" ")).toMatchObject({ finding: { message: "does not have the right form" } });
  expect(read("dev, prod")).toEqual({ value: ["dev", "prod"] });
});

test("answers become what the file holds", () => {
  const read = (key: string, typed: string) => questions.find((one) => one.key === key)?.read(typed);
  expect(read("emails", "a@acme.example, b@acme.example")).toEqual({
    value: ["a@acme.example", "b@acme.example"],
  });
  expect(["yes", "No", "true"].map((typed) => read("vpn", typed))).toEqual([
    { value: true },
    { value: false },
    { value: true },
  ]);
  expect([read("budget", "900"), read("budget", "none"), read("repository", "none")]).toEqual([
    { value: 900 },
    { value: undefined },
    { value: undefined },
  ]);
});

test("defaults follow from earlier answers", () => {
  const otherwise = (key: string, answers = {}) =>
    questions.find((one) => one.key === key)?.otherwise(answers);
  expect(otherwise("project")).toBeUndefined();
  expect(otherwise("mail_from", { emails: ["data@acme.example"] })).toBe("airflow@acme.example");
  expect(["dev", "prod", "uat"].map((environment) => otherwise("size", { environment }))).toEqual([
    "small",
    "large",
    "standard",
  ]);
  expect([otherwise("compute", { size: "small" }), otherwise("compute", { size: "large" })]).toEqual([
    "emr_serverless",
    "emr",
  ]);
});

function fail(): never {
  throw new Error("there is no such question");
}
