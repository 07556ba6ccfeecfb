import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  Aspects,
  S3Backend,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformRemoteState,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { addressName } from "./address";
import { removedBlocks } from "./protected";
import { type AnyFacts, describeOutput, type Published } from "./stack-facts";
import { terraformVersion } from "./terraform-version";

/** Exactly the version that `@cdktf/provider-aws` is generated from. */
const providerVersion = "6.25.0";

/** Where a stack's state is: literals, because a backend takes no expressions. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

export interface PlatformStackProps<Facts extends AnyFacts = AnyFacts> {
  /** What the stack publishes. */
  readonly facts: Facts;
  readonly state: StateLocation;
  readonly region: string;
  readonly allowedAccountIds: readonly string[];
  /** Tags of every resource of the stack. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What all stacks share: backend, provider, the names of addresses and outputs. Its JSON holds what Terraform reads and
 * one line for `cdktf`, no construct paths or stack traces.
 */
export class PlatformStack<Facts extends AnyFacts = AnyFacts> extends TerraformStack {
  readonly facts: Facts;
  readonly state: StateLocation;
  private readonly paths = new Map<string, string>();

  constructor(scope: Construct, id: string, props: PlatformStackProps<Facts>) {
    super(scope, id);
    this.facts = props.facts;
    this.state = props.state;
    const backend = new S3Backend(this, { ...props.state, encrypt: true });
    backend.addOverride("use_lockfile", true); // not among the typed fields of cdktf 0.21
    new AwsProvider(this, "aws", {
      region: props.region,
      allowedAccountIds: [...props.allowedAccountIds],
      defaultTags: [{ tags: { ...props.tags } }],
    });
    this.addOverride("terraform.required_version", terraformVersion);
    this.addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: providerVersion,
    });
  }

  /** Sets the boundary of every role of the stack that has none of its own, whichever module makes it: the ARN of a policy. */
  protected boundRoles(arn: string): void {
    Aspects.of(this).add(new Boundary(arn));
  }

  /**
   * Publishes values as outputs under their own names, none of them hidden: other stacks and people read them.
   * @throws when the facts do not describe one of them
   */
  publish(values: Partial<Published<Facts>>): void {
    for (const [name, value] of Object.entries(values)) {
      const description = describeOutput(this.facts, name);
      new TerraformOutput(this, name, { value, description, staticId: true });
    }
  }

  /**
   * Names elements by their path, without hashes.
   * @throws when two paths make the same address, e.g. `a_b/c` and `a/b_c`
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = element instanceof TerraformElement ? element.node : element;
    const type = typeOf(element);
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const name = addressName(type, ids);
    const address = `${type}.${name}`;
    const earlier = this.paths.get(address);
    if (earlier !== undefined && earlier !== node.path) {
      throw new Error(`${node.path} and ${earlier} both have the address ${address}: give one another id`);
    }
    this.paths.set(address, node.path);
    return name;
  }

  /**
   * Nothing to prepare: cdktf renders a whole stack here only to find tokens of other stacks, and these are read by
   * `Upstream` instead. A token of another stack would be a reference to nothing, which `terraform validate` refuses.
   */
  override prepareStack(): void {}

  /**
   * The stack's JSON without the noise: paths and ids of constructs repeat the addresses. Protected resources that the
   * settings leave out are forgotten by Terraform, not destroyed.
   */
  override toTerraform(): unknown {
    const { "//": about, ...rest } = super.toTerraform();
    const { backend, stackName, version } = about.metadata;
    const removed = removedBlocks(this.facts.stack, addressesIn(rest.resource));
    return {
      "//": { metadata: { backend, stackName, version } },
      ...withoutComments(rest),
      ...(removed.length > 0 ? { removed } : {}),
    };
  }
}

/** Sets the boundary on the roles below a construct. */
class Boundary {
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (node instanceof IamRole && node.permissionsBoundaryInput === undefined)
      node.permissionsBoundary = this.arn;
  }
}

function typeOf(element: TerraformElement | Node): string {
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}`;
  if (element instanceof TerraformRemoteState) return "data.terraform_remote_state";
  return element.constructor.name;
}

function addressesIn(resources: Readonly<Record<string, object>> = {}): ReadonlySet<string> {
  const addresses = Object.entries(resources).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  return new Set(addresses);
}

function withoutComments(value: object): object {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? withoutComments(item) : item));
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(
    entries.map(([key, item]) => [key, isObject(item) ? withoutComments(item) : item]),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
