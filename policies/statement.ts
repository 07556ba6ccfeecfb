/** One statement of an IAM document; the capital letters are IAM's. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** @default none: permission policies of a role name no principal */
  readonly Principal?:
    | "*"
    | {
        readonly AWS?: string | readonly string[];
        readonly Federated?: string;
        readonly Service?: string | readonly string[];
      };
  readonly Action: string | readonly string[];
  /** @default none: trust policies name no resource */
  readonly Resource?: string | readonly string[];
  /** @default unconditional */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Renders statements as the JSON of an IAM document.
 * Rendered here and not by `aws_iam_policy_document`, so that reviewers read the document in the stack's own JSON.
 */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
