import Ajv, { type ErrorObject } from "ajv/dist/2019";
import addFormats from "ajv-formats";
import { suggest } from "../../base/closest";
import schema from "../odcs/odcs-json-schema-v3.1.0.json";
import type { Place } from "./place";

const VERSION = "v3.1.0";

const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
addFormats(ajv);
let validate: ReturnType<typeof ajv.compile> | undefined;

/** Keywords that only say that another one failed. */
const composite = new Set(["allOf", "anyOf", "oneOf", "if", "not", "$ref"]);
const unknownKey = new Set(["additionalProperties", "unevaluatedProperties"]);

/**
 * Checks a contract against the JSON schema of the Open Data Contract Standard v3.1.0; problems are noted in the file.
 *
 * @returns whether there were none
 */
export function conformsToStandard(root: Place): boolean {
  const apiVersion = root.at("apiVersion");
  if (apiVersion.value !== VERSION)
    apiVersion.refuse("is not the version of the standard used here", `use ${VERSION}`);
  validate ??= ajv.compile(schema);
  validate(root.value);
  const errors = (validate.errors ?? []).filter(({ instancePath }) => instancePath !== "/apiVersion");
  for (const error of telling(errors)) report(root, error);
  return errors.length === 0 && apiVersion.value === VERSION;
}

/**
 * The errors that tell something: one for each place and key, without those that only follow from deeper ones.
 * Where a branch fails, the keys that it would have covered count as unevaluated, which is noise.
 */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const leaves = errors.filter((error) => !composite.has(error.keyword));
  const known = leaves.filter((error) => error.keyword !== "unevaluatedProperties");
  const kept = leaves.filter(
    (error) =>
      known.includes(error) || !known.some((other) => isWithin(other.instancePath, error.instancePath)),
  );
  const byPlace = new Map(kept.reverse().map((error) => [placeOf(error).join("\0"), error]));
  return [...(byPlace.size > 0 ? byPlace.values() : errors.slice(0, 1))].reverse();
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function placeOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (keyword === "required") return [...path, params.missingProperty];
  return unknownKey.has(keyword) ? [...path, params.additionalProperty ?? params.unevaluatedProperty] : path;
}

function report(root: Place, error: ErrorObject): void {
  const place = root.at(...placeOf(error).map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
  if (error.keyword === "required") {
    place.refuse("is missing", "ODCS v3.1.0 wants it");
  } else if (unknownKey.has(error.keyword)) {
    const keys = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
    place.refuse("is not a key of ODCS v3.1.0 here", suggest(String(place.path.at(-1)), keys, "remove it"));
  } else if (error.keyword === "enum") {
    const allowed = (error.params.allowedValues as unknown[]).map(String);
    const remedy = suggest(String(place.value), allowed);
    place.refuse("is not one of the standard's values", remedy);
  } else {
    place.refuse(`${error.message ?? "does not fit"} (ODCS v3.1.0)`, "see the JSON schema in contracts/odcs");
  }
}
