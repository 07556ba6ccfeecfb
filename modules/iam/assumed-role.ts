import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

export interface AssumedRoleProps {
  /** At most 64 characters. Source: AWS IAM User Guide, "IAM and AWS STS quotas". */
  readonly name: string;
  /** Who acts with the role. */
  readonly description: string;
  /** The trust policy as JSON. */
  readonly trust: string;
  /** The role's own policies as JSON, by name. */
  readonly policies: Readonly<Record<string, string>>;
  /**
   * ARNs of AWS's policies the role has besides, by name.
   * @default none
   */
  readonly managed?: Readonly<Record<string, string>>;
  /** Longest session: 1 to 12. @default 1 */
  readonly sessionHours?: number;
  /** ARN of the policy that bounds it. @default that of the stack's roles */
  readonly boundary?: string;
  /** Path of the role and its policies, which keeps them apart in ARNs. @default `/` */
  readonly path?: string;
}

/**
 * A role that people or workflows assume for a while. Its policies are managed ones: a role takes ten of them at full
 * length, but inline ones of 10,240 characters in sum only.
 * Source: AWS IAM User Guide, "IAM and AWS STS quotas".
 */
export class AssumedRole extends Construct {
  readonly role: IamRole;
  readonly policies: readonly IamPolicy[];

  constructor(scope: Construct, id: string, props: AssumedRoleProps) {
    super(scope, id);
    const { name, managed = {}, sessionHours = 1, path = "/" } = props;
    this.role = new IamRole(this, "role", {
      name,
      description: props.description,
      path,
      assumeRolePolicy: props.trust,
      maxSessionDuration: sessionHours * 3600,
      ...(props.boundary === undefined ? {} : { permissionsBoundary: props.boundary }),
    });
    this.policies = Object.entries(props.policies).map(
      ([id, policy]) => new IamPolicy(this, id, { name: `${name}-${id.replaceAll("_", "-")}`, path, policy }),
    );
    for (const policy of this.policies) this.attach(policy, "attachment", policy.arn);
    for (const [id, policyArn] of Object.entries(managed)) this.attach(this, id, policyArn);
  }

  get id(): string {
    return this.role.id;
  }

  get arn(): string {
    return this.role.arn;
  }

  get name(): string {
    return this.role.name;
  }

  private attach(scope: Construct, id: string, policyArn: string): void {
    new IamRolePolicyAttachment(scope, id, { role: this.role.name, policyArn });
  }
}
