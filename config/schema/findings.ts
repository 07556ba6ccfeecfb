import { z } from "zod";
import { closest } from "../../base/closest";
import { type Finding, formatPath, HclExpression, type Path } from "../problems";
import { allowedOf, placesOfKey, schemaAt, unwrap } from "./inspect";

type Issue = z.core.$ZodIssue;

/** Says each issue of a value that does not fit the schema in the words of an `.tfvars` file. */
export function schemaFindings(schema: z.ZodObject, value: unknown): Finding[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  const findings = tightest(result.error.issues).flatMap((issue) => findingsOf(schema, value, issue));
  // A text that breaks two conditions on its form is wrong once.
  const key = ({ path, message }: Finding) => `${formatPath(path)} ${message}`;
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}

/** Of several limits that one number breaks, the one that a person has to know. */
function tightest(issues: readonly Issue[]): Issue[] {
  const nearer = (one: Issue, other: Issue) =>
    (one.code === "too_big" && other.code === "too_big" && one.maximum > other.maximum) ||
    (one.code === "too_small" && other.code === "too_small" && one.minimum < other.minimum);
  return issues.filter(
    (one) =>
      !issues.some(
        (other) => formatPath(one.path as Path) === formatPath(other.path as Path) && nearer(one, other),
      ),
  );
}

/** Characters that no setting has: those that do not print, but for line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Finds texts with characters that do not print, wherever they are. */
export function controlFindings(value: unknown, path: Path = []): Finding[] {
  if (typeof value === "string")
    return control.test(value)
      ? [{ path, message: "contains a character that does not print", allowed: "remove it" }]
      : [];
  if (typeof value !== "object" || value === null || value instanceof HclExpression) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    controlFindings(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Unknown keys of one map that are reported one by one. */
const REPORTED = 10;

/** The first unknown keys with a guess each, and how many there are besides. */
function unknownKeys(schema: z.ZodObject, path: Path, keys: readonly string[]): Finding[] {
  const [first, ...rest] = keys.slice(REPORTED);
  const reported = keys
    .slice(0, REPORTED)
    .map((key, index) => unknownKey(schema, [...path, key], index === 0));
  if (first === undefined) return reported;
  const message = rest.length === 0 ? "is not a key either" : `and ${rest.length} others are not keys either`;
  return [
    ...reported,
    { path: [...path, first], message, allowed: "correct the first ones, then check again" },
  ];
}

function findingsOf(schema: z.ZodObject, root: unknown, issue: Issue): Finding[] {
  const path = issue.path as Path;
  const value = valueAt(root, path);
  if (isRefused(root, path)) return [];
  if (issue.code === "unrecognized_keys") return unknownKeys(schema, path, issue.keys);
  if (issue.code === "custom")
    return [{ path, message: issue.message, allowed: String(issue.params?.allowed) }];
  const field = schemaAt(schema, path);
  if (field === undefined) return [{ path, message: issue.message, allowed: "use another value" }];
  if (issue.code === "invalid_key") return [wrongName(schema, path)];
  if (issue.code === "invalid_value") return [{ path, ...wrongOption(unwrap(field), value) }];
  return [{ path, message: messageOf(issue, value), allowed: `use ${allowedOf(field)}` }];
}

/** Whether a place, or one around it, was refused as it was read. */
function isRefused(root: unknown, path: Path): boolean {
  return [...path.keys(), path.length].some(
    (length) => valueAt(root, path.slice(0, length)) instanceof HclExpression,
  );
}

function messageOf(issue: Issue, value: unknown): string {
  if (value === undefined) return "is missing";
  if (value === null) return "is null";
  switch (issue.code) {
    case "invalid_type":
      return `is ${kindOf(value)}, not ${expectedKinds[issue.expected] ?? issue.expected}`;
    case "too_small":
      if (issue.origin === "array") return "has too few items";
      return `is ${issue.inclusive === false ? "not above" : "below"} ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" ? "has too many items" : `is above ${issue.maximum}`;
    default:
      return "does not have the right form";
  }
}

const expectedKinds: Readonly<Record<string, string>> = {
  string: "text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "a boolean",
  array: "a list",
  object: "a map",
  record: "a map",
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  if (typeof value === "object") return "a map";
  return typeof value === "boolean" ? "a boolean" : "a number";
}

function wrongName(schema: z.ZodObject, path: Path): Finding {
  const map = unwrap(schemaAt(schema, path.slice(0, -1)) ?? schema);
  const allowed = map instanceof z.ZodRecord ? allowedOf(map.def.keyType) : "another name";
  return {
    path,
    message: "has a name of the wrong form",
    allowed: `name it with ${allowed}`,
  };
}

function wrongOption(field: z.core.$ZodType, value: unknown): Omit<Finding, "path"> {
  const options = field instanceof z.ZodEnum ? field.options.map(String) : [];
  const allowed = allowedOf(field);
  if (value === undefined) return { message: "is missing", allowed: `use ${allowed}` };
  if (value === null) return { message: "is null", allowed: `use ${allowed}` };
  if (typeof value !== "string")
    return { message: `is ${kindOf(value)}, not text in quotes`, allowed: `use ${allowed}` };
  return { message: "is not one of the known values", allowed: suggestion(value, options, allowed) };
}

/** A good guess stands alone where the list of what is allowed would bury it. */
function suggestion(value: string, options: readonly string[], allowed: string): string {
  const near = closest(value, options);
  if (near === undefined) return `use ${allowed}`;
  const list = options.length > 12 ? `all ${options.length} are in docs/configuration.md` : `use ${allowed}`;
  return `did you mean "${near}"? ${list}`;
}

/** @param isFirst whether the keys that the map may have are listed: once is enough */
function unknownKey(schema: z.ZodObject, path: Path, isFirst: boolean): Finding {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const known = schemaAt(schema, parent);
  const object = known && unwrap(known);
  const keys = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  const message = `is not a key of ${parent.length === 0 ? "an environment" : formatPath(parent)}`;
  const listed = isFirst ? `the keys there are ${keys.join(", ")}` : undefined;
  const allowed = (...remedies: string[]) => [...remedies, ...(listed === undefined ? [] : [listed])];
  const near = closest(key, keys);
  if (near !== undefined) return { path, message, allowed: allowed(`did you mean ${near}?`).join(" ") };
  const home = placesOfKey(schema, key)[0];
  const remedy = home === undefined ? "remove it" : `it belongs in ${placeName(home)}`;
  return { path, message, allowed: allowed(remedy).join("; ") };
}

function placeName(path: readonly string[]): string {
  return path.length === 1 ? "the top level of the file" : formatPath(path.slice(0, -1));
}

/** The value at a place of the file; `undefined` when the file has none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }, root);
}
