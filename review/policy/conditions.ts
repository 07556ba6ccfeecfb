import { cidrCovers } from "../../base/cidr";
import type { Condition } from "./document";
import { covers } from "./pattern";

/**
 * Whether whatever meets `conditions` meets `required` too: each condition required is there with the same or fewer
 * values accepted. Several conditions are joined by AND, several values of one by OR, and by NOR where the operator
 * negates. ("Conditions with multiple context keys or values", IAM User Guide)
 */
export function implies(conditions: readonly Condition[], required: readonly Condition[]): boolean {
  return missing(conditions, required).length === 0;
}

/** The conditions required that `conditions` do not imply. */
export function missing(conditions: readonly Condition[], required: readonly Condition[]): Condition[] {
  return required.filter((condition) => !isMet(conditions, condition));
}

function isMet(conditions: readonly Condition[], required: Condition): boolean {
  return conditions
    .filter((condition) => isAsStrict(condition, required))
    .some(({ values }) => isWithin(required.operator, values, required.values));
}

/** The same operator; without `IfExists` it is stricter, and an exact one is stricter than its likeness. */
function isAsStrict(condition: Condition, { operator, key }: Condition): boolean {
  if (condition.key !== key) return false;
  const plain = operator.replace(/ifexists$/, "");
  const exact = plain.replace(/^(string|arn)like$/, "stringequals");
  return [operator, plain, exact].includes(condition.operator);
}

function isWithin(operator: string, values: readonly string[], accepted: readonly string[]): boolean {
  if (/not/.test(operator))
    return accepted.every((refused) => values.some((value) => holds(operator, value, refused)));
  return values.every((value) => accepted.some((pattern) => holds(operator, pattern, value)));
}

function holds(operator: string, pattern: string, value: string): boolean {
  if (pattern === value) return true;
  if (/ipaddress/.test(operator)) return cidrCovers(pattern, value);
  const takesPatterns = /like|arn/.test(operator);
  if (/lessthan/.test(operator)) return Number(value) <= Number(pattern);
  if (/greaterthan/.test(operator)) return Number(value) >= Number(pattern);
  return takesPatterns && covers(pattern, value);
}
