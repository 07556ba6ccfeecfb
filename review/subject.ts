import type { Blocks, Kind } from "./blocks";
import type { Change, Finding, Json } from "./change";
import { at, type JsonObject, listOf } from "./json";

/** A change with what it is judged by: the bodies, and both stacks around them. */
export interface Subject {
  readonly kind: Kind;
  readonly change: Omit<Change, "findings">;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  /** Every block of the stack before; moved ones under the address they have now. */
  readonly base: Blocks;
  /** Every block of the stack after. */
  readonly head: Blocks;
}

/** Says what a change means, in one respect. */
export type Judge = (subject: Subject) => readonly Finding[];

/** A finding that somebody should look at. */
export function risk(category: Finding["category"], sentence: string): Finding {
  return { category, risk: true, sentence };
}

/** A finding that narrows, protects or saves. */
export function relief(category: Finding["category"], sentence: string): Finding {
  return { category, risk: false, sentence };
}

/** Attributes by which a resource says what it belongs to. */
const owners = [
  "arn",
  "bucket",
  "client_vpn_endpoint_id",
  "instance_id",
  "queue_url",
  "role",
  "route_table_id",
  "secret_id",
  "security_group_id",
  "topic_arn",
  "vpc_id",
];

/** Whether what a removed resource belonged to goes with it: a bucket's policy opens nothing when the bucket is gone. */
export function goesWithOwner({ change, before, base, head }: Subject): boolean {
  if (change.action !== "remove") return false;
  return owners.some((attribute) => {
    const address = referenceOf(at(before, attribute));
    return address !== undefined && base.has(address) && !head.has(address);
  });
}

/** The address of the resource that an expression reads: `aws_vpc.vpc` of `${aws_vpc.vpc.id}`. */
export function referenceOf(value: Json | undefined): string | undefined {
  const [first] = listOf(value);
  if (typeof first !== "string") return undefined;
  return /^\$\{((?:data\.)?\w+\.[\w-]+)[.[]/.exec(first)?.[1];
}
