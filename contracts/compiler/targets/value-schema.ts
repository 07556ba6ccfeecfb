import type { JsonSchema } from "../../json-schema";
import type { CompiledColumn, CompiledContract, RuleKind } from "../compiled";
import { numberSchemas } from "./numbers";
import { textSchema } from "./texts";

/**
 * Returns the JSON Schema (draft 2020-12) of a record's value; undefined when the data does not arrive through Kafka.
 * It is stricter than the jobs in what docs/streaming-contracts.md lists, and looser only where that page says so.
 */
export function valueSchema(contract: CompiledContract): JsonSchema | undefined {
  if (contract.stream === null) return undefined;
  const columns = contract.columns.filter(({ derived }) => derived === null);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `${contract.name} ${contract.version}`,
    description: contract.description,
    ...objectOf(columns.map((column) => ({ steps: stepsOf(column.physical_name), column }))),
  };
}

/** A column and the keys that lead to it, from the object that holds it. */
interface Field {
  readonly steps: readonly string[];
  readonly column: CompiledColumn;
}

function objectOf(fields: readonly Field[]): JsonSchema {
  const names = [...new Set(fields.map(({ steps }) => String(steps[0])))];
  const properties = names.map((name) => {
    const inside = fields.filter(({ steps }) => steps[0] === name);
    return { name, inside, isRequired: inside.some(({ column }) => ruleOf(column, "required")) };
  });
  const required = properties.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(
      properties.map(({ name, inside, isRequired }) => [name, propertyOf(inside, isRequired)]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function propertyOf(inside: readonly Field[], isRequired: boolean): JsonSchema {
  const [first] = inside;
  if (first?.steps.length === 1) return schemaOf(first.column);
  const below = objectOf(inside.map(({ steps, column }) => ({ steps: steps.slice(1), column })));
  return isRequired ? below : { ...below, type: ["object", "null"] };
}

/** Returns the schema of one value: alternatives, and last what stands for a missing value. */
function schemaOf(column: CompiledColumn): JsonSchema {
  const { description, missing_values } = column;
  const values = alternativesOf(column);
  const isRequired = ruleOf(column, "required") !== undefined;
  const none = isRequired ? [] : [null, "", ...missing_values];
  const described = {
    ...(description === "" ? {} : { description }),
    ...(isRequired && missing_values.length > 0 ? { not: { enum: missing_values } } : {}),
  };
  const [only] = values;
  if (values.length === 1 && Array.isArray(only?.enum))
    return { ...described, enum: [...new Set([...only.enum, ...none])] };
  const alternatives = none.length > 0 ? [...values, { enum: none }] : values;
  return alternatives.length === 1
    ? { ...described, ...alternatives[0] }
    : { ...described, anyOf: alternatives };
}

function alternativesOf(column: CompiledColumn): JsonSchema[] {
  const allowed = ruleOf(column, "allowed")?.params.values;
  if (allowed !== undefined) return [{ enum: allowed }];
  if (column.type === "boolean") return [{ enum: [true, false, "true", "false"] }];
  return ["string", "date", "timestamp"].includes(column.type) ? [textSchema(column)] : numberSchemas(column);
}

function ruleOf({ rules }: CompiledColumn, kind: RuleKind): CompiledColumn["rules"][number] | undefined {
  return rules.find((rule) => rule.kind === kind);
}

/** Returns the keys of a path such as `$.address['post code']`; other names are one key. */
function stepsOf(physicalName: string): readonly string[] {
  if (!physicalName.startsWith("$")) return [physicalName];
  return [...physicalName.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)].map(
    ([, plain, quoted = ""]) => plain ?? quoted.replaceAll(/\\(.)/g, "$1"),
  );
}
