import type { Statement } from "../../../policies/statement";
import { listed } from "../baseline/documents";

/** Values of condition keys; a key that is absent is not in the request. */
export type Context = Readonly<Record<string, string>>;

const covers = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

function meets(operator: string, expected: string | readonly string[], value: string | undefined): boolean {
  const isAmong = value !== undefined && listed(expected).includes(value);
  switch (operator.replace(/^ForAnyValue:/, "")) {
    case "Null":
      return (value === undefined) === (expected === "true");
    case "StringEquals":
      return isAmong;
    case "StringEqualsIfExists":
      return isAmong || value === undefined;
    case "StringNotEquals":
      return !isAmong;
    default:
      throw new Error(`what is ${operator}?`);
  }
}

function holds({ Condition = {} }: Statement, context: Context): boolean {
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => meets(operator, expected, context[key])),
  );
}

/**
 * Whether a document allows an action on a resource. Either may be a pattern, which is allowed if all that it stands for
 * is allowed by one statement, and denied if it is denied as a whole.
 */
export function allows(document: string, action: string, resource: string, context: Context = {}): boolean {
  const statements: Statement[] = JSON.parse(document).Statement;
  const applies = (statement: Statement) =>
    listed(statement.Action).some((pattern) => covers(pattern, action)) &&
    listed(statement.Resource).some((pattern) => covers(pattern, resource)) &&
    holds(statement, context);
  const applying = statements.filter(applies).map(({ Effect }) => Effect);
  return applying.includes("Allow") && !applying.includes("Deny");
}
