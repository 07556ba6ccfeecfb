import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import schema from "../../../contracts/compiled.schema.json";
import { compileContracts } from "../../../contracts/compiler";

const root = join(__dirname, "..", "..", "..");
const { datasets, marts } = compileContracts(join(root, "contracts"), root);
const validatorOf = (kind: "contract" | "mart") =>
  new Ajv2020({ strict: true, allowUnionTypes: true }).compile({ ...schema, $ref: `#/$defs/${kind}` });

test.each(datasets.map((dataset) => [dataset.name, dataset] as const))(
  "the compiled contract of %s conforms to its schema",
  (_, dataset) => {
    const validate = validatorOf("contract");
    validate(JSON.parse(JSON.stringify(dataset)));
    expect(validate.errors).toBeNull();
  },
);

test.each(marts.map((mart) => [mart.name, mart] as const))(
  "the compiled contract of the mart %s conforms to its schema",
  (_, mart) => {
    const validate = validatorOf("mart");
    validate(JSON.parse(JSON.stringify(mart)));
    expect(validate.errors).toBeNull();
  },
);

test("the schema refuses a key that it does not describe", () => {
  expect(validatorOf("contract")({ ...datasets[0], colour: "red" })).toBe(false);
});
