import { cidrCovers, isPublic, isWorld } from "../../../base/cidr";
import type { Json } from "../../change";
import { at, canonical, isList, textsOf } from "../../json";
import { type Judge, referenceOf, risk, type Subject } from "../../subject";
import { say } from "../../words";
import { sayRule } from "../access/rule-words";
import { ruleDifference } from "../access/rules";

/** What the whole internet reaches that it did not: rules, and routes from subnets that had none. */
export const judgeWorld: Judge = (subject) => [...judgeRules(subject), ...judgeRoutes(subject)];

/** A network ACL is no opening by itself: everything in its subnets has a security group too. */
const judgeRules: Judge = (subject) => {
  const isGroup = /security_group|client_vpn/.test(subject.change.type);
  const { gained } = isGroup ? ruleDifference(subject) : { gained: [] };
  const own = ownRanges(subject.head);
  return gained
    .filter(({ direction, effect, peer }) => direction === "in" && effect === "allow" && isPublic(peer))
    .filter(({ peer }) => !own.some((range) => cidrCovers(range, peer)))
    .map((rule) => {
      const who = isWorld(rule.peer) ? "The whole internet is" : "Addresses of the internet are";
      return risk("exposure", `${who} let in: ${sayRule(rule)}.`);
    });
};

/** Ranges that are the platform's, although they need not be private. */
function ownRanges(blocks: Subject["head"]): string[] {
  return [...blocks.values()].flatMap(({ type, body }) =>
    type === "aws_vpc" ? textsOf(body.cidr_block) : textsOf(body.client_cidr_block),
  );
}

/** An internet gateway as the way out makes a subnet public. */
const judgeRoutes: Judge = (subject) => {
  if (subject.after === undefined) return [];
  if (subject.change.type === "aws_route_table") return judgeInline(subject);
  if (subject.change.type === "aws_route") return judgeRoute(subject);
  return subject.change.type === "aws_route_table_association" ? judgeAssociation(subject) : [];
};

function judgeRoute({ before, after, base }: Subject): ReturnType<Judge> {
  if (opensWayOut(before, after, base))
    return [risk("exposure", "Subnets of the route table, which had no way out, reach the internet.")];
  const opens = leadsOut(after) && !leadsOut(before);
  if (!opens || isTablePublic(base, String(after?.route_table_id))) return [];
  return [risk("exposure", "Subnets of the route table are reachable from the internet.")];
}

/** A NAT gateway as the way out of subnets that had none, such as those of a database. */
function opensWayOut(before: Subject["before"], after: Subject["after"], base: Subject["base"]): boolean {
  const table = String(after?.route_table_id);
  const address = referenceOf(table);
  const isNewTable = address !== undefined && !base.has(address);
  if (!leadsThroughNat(after) || leadsThroughNat(before) || isNewTable) return false;
  return ![...base.values()].some(
    ({ type, body }) =>
      type === "aws_route" &&
      String(body.route_table_id) === table &&
      (leadsThroughNat(body) || leadsOut(body)),
  );
}

function leadsThroughNat(route: Subject["before"]): boolean {
  const gateway = route?.nat_gateway_id ?? route?.egress_only_gateway_id;
  return gateway !== undefined && gateway !== null && gateway !== "";
}

function judgeAssociation({ before, after, base, head }: Subject): ReturnType<Judge> {
  const opens = isTablePublic(head, String(after?.route_table_id));
  const was = before !== undefined && isTablePublic(base, String(before.route_table_id));
  return opens && !was
    ? [risk("exposure", `The subnet ${say(after?.subnet_id)} is reachable from the internet.`)]
    : [];
}

/** Routes that a table has in itself. */
function judgeInline({ before, after }: Subject): ReturnType<Judge> {
  const known = new Set(routesOf(before).map(canonical));
  return routesOf(after)
    .filter((route) => !known.has(canonical(route)))
    .map((route) =>
      leadsOut(route)
        ? risk("exposure", "Subnets of the route table are reachable from the internet.")
        : risk("exposure", `A route leads elsewhere: ${say(route)}.`),
    );
}

function routesOf(body: Subject["before"]): readonly Json[] {
  const { route } = body ?? {};
  if (route === undefined || route === null) return [];
  return isList(route) ? route : [route];
}

function leadsOut(route: Parameters<typeof at>[0]): boolean {
  const gateway = String(at(route, "gateway_id") ?? "");
  return referenceOf(gateway)?.startsWith("aws_internet_gateway.") === true || gateway.startsWith("igw-");
}

function isTablePublic(blocks: Parameters<Judge>[0]["base"], table: string): boolean {
  return [...blocks.values()].some(({ type, address, body }) => {
    if (type === "aws_route_table") return table === `\${${address}.id}` && routesOf(body).some(leadsOut);
    return type === "aws_route" && String(body.route_table_id) === table && leadsOut(body);
  });
}
