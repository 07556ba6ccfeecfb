import type { Statement } from "../../../policies/statement";
import { type Block, everyResource, type StackJson } from "../../stacks/synthesis";

/** Whose permissions a document speaks of: a principal's, a resource's, a role's own door, or what passes an endpoint or a role's boundary. */
export type Kind = "boundary" | "endpoint" | "identity" | "resource" | "trust";

/** A statement of an IAM document, and where it is: `dev-lake aws_kms_key.lake: UsedByLogGroups`. */
export interface PlacedStatement {
  readonly at: string;
  readonly kind: Kind;
  readonly statement: Statement;
}

const identityTypes = new Set(["aws_iam_policy", "aws_iam_role_policy"]);

function kindOf(type: string, attribute: string, block: Block): Kind {
  if (attribute === "assume_role_policy") return "trust";
  if (type === "aws_vpc_endpoint") return "endpoint";
  if (type === "aws_iam_policy" && isBoundary(block)) return "boundary";
  return identityTypes.has(type) ? "identity" : "resource";
}

/** The policies that bound roles: they allow nothing by themselves. */
const isBoundary = ({ name, path }: Block): boolean =>
  path?.startsWith("/boundary/") || (path === "/ci/" && name.endsWith("-ci-boundary"));

function documentOf(value: unknown): { Statement: Statement[] } | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  const parsed = JSON.parse(value);
  return Array.isArray(parsed.Statement) ? parsed : undefined;
}

/** Every statement of every IAM document in the stacks, under whatever attribute it is. */
export function statementsOf(stacks: ReadonlyMap<string, StackJson>): PlacedStatement[] {
  return [...stacks].flatMap(([stack, json]) =>
    everyResource(json).flatMap(({ type, name, block }) =>
      Object.entries(block).flatMap(([attribute, value]) =>
        (documentOf(value)?.Statement ?? []).map((statement) => ({
          at: `${stack} ${type}.${name}: ${statement.Sid}`,
          kind: kindOf(type, attribute, block),
          statement,
        })),
      ),
    ),
  );
}

/** A value of a document that may stand alone or in a list. */
export function listed(value: string | readonly string[] | undefined): string[] {
  return [value ?? []].flat();
}
