import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ServiceRoleProps {
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
}

/** A role that an AWS service assumes, with its policies; whoever uses it waits for `permissions`, too. */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { managed = {} } = props;
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: props.trust,
    });
    const own = Object.entries(props.policies).map(
      ([name, policy]) =>
        new IamRolePolicy(this, name, { name: name.replaceAll("_", "-"), role: this.role.id, policy }),
    );
    const attached = Object.entries(managed).map(
      ([name, policyArn]) => new IamRolePolicyAttachment(this, name, { role: this.role.name, policyArn }),
    );
    this.permissions = [...own, ...attached];
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
}
