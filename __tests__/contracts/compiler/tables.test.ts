import { join } from "node:path";
import { compileContracts } from "../../../contracts/compiler";
import { readTables } from "../../../contracts/compiler/tables";
import { itemsContract, salesMart } from "../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../release/support/repository";

const root = join(__dirname, "..", "..", "..");

/** The message with which reading is refused. */
function refusal(files: Readonly<Record<string, string>>): string {
  const directory = makeDirectory();
  writeFiles(directory, files);
  try {
    readTables(directory, directory);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

test("tables are what the compiled contracts say", () => {
  const directory = join(root, "contracts");
  const compiled = compileContracts(directory, root);
  const tables = readTables(directory, root);
  expect(tables.datasets.length).toBeGreaterThanOrEqual(3);
  expect(tables.datasets).toEqual(
    compiled.datasets.map(({ name, version, description, columns }) => ({
      name,
      version,
      description,
      columns: columns.map(({ name, physical_name: physicalName, type, description, personal }) => {
        return { name, physicalName, type, description, personal };
      }),
    })),
  );
  expect(tables.marts.length).toBeGreaterThanOrEqual(3);
  expect(tables.marts).toEqual(
    compiled.marts.map(({ name, version, description, columns }) => ({
      name,
      version,
      description,
      columns: columns.map(({ name, type, description, personal }) => {
        return { name, physicalName: name, type, description, personal };
      }),
    })),
  );
});

test("what a table cannot be is refused with file and line, all of it at once", () => {
  const message = refusal({
    "items.odcs.yaml": itemsContract
      .replace("DECIMAL(4,2)", "MONEY")
      .replace("- name: label", "- nam: label"),
    "marts/sales.odcs.yaml": salesMart.replace("name: day", "name: Day"),
    "marts/empty.odcs.yaml": "name: empty\nschema: [{ name: empty }]\n",
    "broken.odcs.yaml": "name: [",
  });
  expect(message).toContain(
    "items.odcs.yaml:39  schema[items].properties[2].name\n    is missing; name the column",
  );
  expect(message).toContain('marts/sales.odcs.yaml:13  schema[sales].properties[Day].name = "Day"');
  expect(message).toContain("marts/empty.odcs.yaml:2  schema[empty].properties\n    describes no columns");
  expect(message).toContain("broken.odcs.yaml:1\n    is not YAML");
  expect(message).toContain("4 problems in the data contracts");
});
