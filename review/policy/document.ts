import type { Json } from "../change";
import { canonical, compareText, isObject, type JsonObject, listOf, opened, textsOf } from "../json";

/** What a statement names of one kind: these, or all but these. */
export interface Named {
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
}

/** One condition of a statement: with several values any will do, or none where the operator negates. */
export interface Condition {
  /** In lower case, since IAM does not tell the cases apart. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  /** As it was written. */
  readonly label: string;
}

/** One statement of a policy, in one form: however it was written, what says the same is equal. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: Named;
  readonly resources: Named;
  /** `AWS:arn…`, `Service:…`, `*`; nothing in a policy of an identity, which speaks of whom it is attached to. */
  readonly principals: Named;
  readonly conditions: readonly Condition[];
}

/** Whether a value is an IAM policy. */
export function isPolicy(value: Json | undefined): value is JsonObject {
  return isObject(value) && value.Statement !== undefined;
}

/** The statements of a policy written as JSON in a text; undefined when it is none, or an expression. */
export function parsePolicy(value: Json | undefined): Statement[] | undefined {
  const document = opened(value);
  if (!isPolicy(document)) return undefined;
  return listOf(document.Statement).filter(isObject).map(readStatement);
}

function readStatement(statement: JsonObject): Statement {
  return {
    sid: typeof statement.Sid === "string" ? statement.Sid : undefined,
    effect: statement.Effect === "Deny" ? "Deny" : "Allow",
    actions: named(statement.Action ?? [], statement.NotAction, textsOf),
    // A trust has no resource: it is about the role itself.
    resources: named(statement.Resource ?? "*", statement.NotResource, textsOf),
    principals: named(statement.Principal ?? "", statement.NotPrincipal, principalsOf),
    conditions: conditionsOf(statement.Condition),
  };
}

function named(only: Json, except: Json | undefined, read: (value: Json) => string[]): Named {
  if (except !== undefined) return { only: undefined, except: sorted(read(except)) };
  return { only: sorted(read(only)), except: undefined };
}

/** `{"AWS": "*"}` is `"*"`; an account's number is its root. ("AWS JSON policy elements: Principal", IAM User Guide) */
function principalsOf(value: Json): string[] {
  if (!isObject(value)) return textsOf(value);
  return Object.entries(value).flatMap(([type, names]) =>
    textsOf(names).map((name) => {
      if (type === "AWS" && name === "*") return "*";
      const root = type === "AWS" && /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
      return `${type}:${root}`;
    }),
  );
}

function conditionsOf(value: Json | undefined): Condition[] {
  if (!isObject(value)) return [];
  const conditions = Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, accepted]) => {
      const values = sorted(textsOf(accepted));
      const label = `${operator} ${key} ${values.join(" or ")}`;
      return { operator: plainOperator(operator, values), key: key.toLowerCase(), values, label };
    }),
  );
  return conditions.sort((one, other) => compareText(one.label, other.label));
}

/**
 * The operator in lower case, and of several that say the same the plainest: `ArnEquals` is `ArnLike`, and without a
 * wildcard both compare texts. ("IAM JSON policy elements: Condition operators", IAM User Guide)
 */
function plainOperator(written: string, values: readonly string[]): string {
  const operator = written.toLowerCase().replace(/arn(not)?equals/, "arn$1like");
  const isFixed = !values.some((value) => /[*?]/.test(value));
  return isFixed ? operator.replace(/(?:arn|string)(not)?like/, "string$1equals") : operator;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

/** A policy's JSON with what makes no difference taken away: the order of lists, and a text for a list of one. */
export function tidyPolicy(document: JsonObject): JsonObject {
  const statements = listOf(document.Statement).map((statement) =>
    isObject(statement) ? tidyStatement(statement) : statement,
  );
  const order = (statement: Json): string => canonical(statement);
  return {
    ...document,
    Statement: [...statements].sort((one, other) => compareText(order(one), order(other))),
  };
}

function tidyStatement(statement: JsonObject): JsonObject {
  const tidy = Object.entries(statement).map(([key, value]): [string, Json] => {
    if (["Action", "NotAction", "Resource", "NotResource"].includes(key))
      return [key, sorted(textsOf(value))];
    if (["Principal", "NotPrincipal"].includes(key)) return [key, isObject(value) ? tidyLists(value) : value];
    if (key !== "Condition" || !isObject(value)) return [key, value];
    const operators = Object.entries(value).map(([operator, keys]): [string, Json] => [
      operator,
      isObject(keys) ? tidyLists(keys) : keys,
    ]);
    return [key, Object.fromEntries(operators)];
  });
  return Object.fromEntries(tidy);
}

function tidyLists(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(textsOf(item))]));
}
