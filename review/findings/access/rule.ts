import { cidrCovers } from "../../../base/cidr";
import type { Block } from "../../blocks";
import type { Json } from "../../change";
import { isObject, type JsonObject, listOf, textsOf } from "../../json";

/** One rule of the network: of a security group, a network ACL or a VPN. */
export interface Rule {
  /** What the rule is part of; rules of one scope add up. */
  readonly scope: string;
  readonly direction: "in" | "out";
  readonly effect: "allow" | "deny";
  /** `-1` is every protocol. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A range of addresses, a security group or a prefix list. */
  readonly peer: string;
  /** The group of people, of a VPN's rule; `*` is everybody. */
  readonly people: string;
}

const names: Readonly<Record<string, string>> = {
  all: "-1",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};
const LAST_PORT = 65_535;

/** The rules that a block has or is. */
export function rulesOf({ type, address, body }: Block): Rule[] {
  const read = readers[type];
  return read === undefined ? [] : read(body, address);
}

type Reader = (body: JsonObject, address: string) => Rule[];

const readers: Readonly<Record<string, Reader>> = {
  aws_vpc_security_group_ingress_rule: (body) => [rule(String(body.security_group_id), "in", body)],
  aws_vpc_security_group_egress_rule: (body) => [rule(String(body.security_group_id), "out", body)],
  aws_security_group_rule: (body) => {
    const direction = body.type === "egress" ? "out" : "in";
    return peersOf(body).map((peer) => rule(String(body.security_group_id), direction, body, peer));
  },
  aws_security_group: inlineRules,
  aws_default_security_group: inlineRules,
  aws_network_acl: (body, address) => inlineRules(body, address),
  aws_default_network_acl: (body, address) => inlineRules(body, address),
  aws_network_acl_rule: (body) => [
    rule(String(body.network_acl_id), body.egress === true ? "out" : "in", body),
  ],
  aws_ec2_client_vpn_authorization_rule: (body) => {
    const people = body.authorize_all_groups === true ? "*" : String(body.access_group_id);
    const known = { ...rule(String(body.client_vpn_endpoint_id), "in", body), people };
    return [{ ...known, peer: String(body.target_network_cidr) }];
  },
};

function inlineRules(body: JsonObject, address: string): Rule[] {
  // Written as a rule of its own it would name the group like this; a plan knows the id.
  const scope = typeof body.id === "string" ? body.id : `\${${address}.id}`;
  return (["in", "out"] as const).flatMap((direction) =>
    listOf(direction === "in" ? body.ingress : body.egress)
      .filter(isObject)
      .flatMap((inline) => peersOf(inline).map((peer) => rule(scope, direction, inline, peer))),
  );
}

function rule(scope: string, direction: Rule["direction"], body: JsonObject, peer = peersOf(body)[0]): Rule {
  const protocol = String(body.ip_protocol ?? body.protocol ?? "-1").toLowerCase();
  const known = names[protocol] ?? protocol;
  const all = known === "-1";
  return {
    scope,
    direction,
    effect: String(body.rule_action ?? body.action ?? "allow").toLowerCase() === "deny" ? "deny" : "allow",
    protocol: known,
    from: all ? 0 : port(body.from_port, 0),
    to: all ? LAST_PORT : port(body.to_port, LAST_PORT),
    peer: peer ?? "nobody",
    people: "*",
  };
}

function port(value: Json | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

/** Whom a rule names: attributes of every form of a rule, plural and singular. */
function peersOf(body: JsonObject): string[] {
  const attributes = [
    "cidr_block",
    "cidr_blocks",
    "cidr_ipv4",
    "cidr_ipv6",
    "ipv6_cidr_block",
    "ipv6_cidr_blocks",
    "prefix_list_id",
    "prefix_list_ids",
    "referenced_security_group_id",
    "security_groups",
    "source_security_group_id",
  ];
  const peers = attributes.flatMap((attribute) => textsOf(body[attribute])).filter((peer) => peer !== "");
  return body.self === true ? [...peers, "itself"] : peers;
}

/** Whether a rule says everything that another does. */
export function ruleCovers(wide: Rule, narrow: Rule): boolean {
  return (
    wide.scope === narrow.scope &&
    wide.direction === narrow.direction &&
    wide.effect === narrow.effect &&
    (wide.protocol === "-1" || wide.protocol === narrow.protocol) &&
    wide.from <= narrow.from &&
    wide.to >= narrow.to &&
    (wide.people === "*" || wide.people === narrow.people) &&
    cidrCovers(wide.peer, narrow.peer)
  );
}
