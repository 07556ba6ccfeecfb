import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../../../base/canonical-json";
import { compileContracts } from "../../../../contracts/compiler";
import { targetFiles } from "../../../../contracts/compiler/targets";

const root = join(__dirname, "..", "..", "..", "..");
const golden = join(__dirname, "golden");

const datasets = [join(root, "contracts"), golden].flatMap((path) => [
  ...compileContracts(path, root).datasets,
]);
const filesOf = (name: string) => {
  const [contract] = datasets.filter((dataset) => dataset.name === name);
  if (contract === undefined) throw new Error(`${name}: there is no such contract`);
  return targetFiles(contract);
};

test("a dataset of files has its compiled contract alone", () => {
  expect(Object.keys(filesOf("customers"))).toEqual(["customers.json"]);
});

test("a stream has its topic and the schema of its records, too", () => {
  const [contract] = datasets.filter(({ name }) => name === "web_events");
  const files = filesOf("web_events");
  expect(Object.keys(files).filter((name) => !name.includes(".search"))).toEqual([
    "web_events.json",
    "web_events.schema.json",
    "web_events.topic.json",
  ]);
  expect(files["web_events.json"]).toEqual(contract);
});

// `./platform contract compile --out <folder>` writes them: of contracts/, and of the folder with the golden files.
test.each([
  ...["web_events", "orders", "clicks"].flatMap((name) => [`${name}.topic.json`, `${name}.schema.json`]),
  "clicks.json",
  ...["products", "web_events", "every_type"].map((name) => `${name}.search.json`),
  "products.search-roles.json",
])("%s is the reviewed one", (file) => {
  const written = filesOf(file.replace(/\..*/, ""))[file];
  expect(canonicalJson(written as never)).toBe(readFileSync(join(golden, file), "utf8"));
});
