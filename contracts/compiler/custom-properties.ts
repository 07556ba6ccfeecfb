import { suggest } from "../../base/closest";
import type { Place } from "./place";
import type { CustomProperty } from "./standard";

/**
 * The custom properties below a place, by name. The standard allows any; here a name that nothing reads is a
 * problem, because it would be believed to have an effect.
 *
 * @param known the names that are read here
 */
export function customProperties<Name extends string>(
  owner: Place,
  known: readonly Name[],
): Map<Name, Place> {
  const found = new Map<Name, Place>();
  for (const place of owner.at("customProperties").items()) {
    const { property } = place.value as CustomProperty;
    const name = known.find((candidate) => candidate === property);
    if (name === undefined)
      place
        .at("property")
        .refuse("is not a custom property that has an effect here", remedy(property, known));
    else if (found.has(name)) place.at("property").refuse("is there twice", "keep one");
    else found.set(name, place.at("value"));
  }
  return found;
}

function remedy(name: string, known: readonly string[]): string {
  const some = known.length === 1 ? known[0] : `one of ${known.join(", ")}`;
  const otherwise = known.length === 0 ? "remove it" : `use ${some}, or remove it`;
  return suggest(name, known, otherwise);
}

/** The share (0..1) of rows that may fail, from the custom property `failureThreshold`, where there is one. */
export function failureThreshold(value: Place | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value.value === "number" && value.value >= 0 && value.value <= 1) return value.value;
  value.refuse("is not a share of rows", "use a number from 0 to 1, such as 0.02 for two rows in a hundred");
  return undefined;
}
