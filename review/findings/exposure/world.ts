import { isWorld } from "../../../base/cidr";
import { at } from "../../json";
import { type Judge, referenceOf, risk } from "../../subject";
import { sayRule } from "../access/rule-words";
import { ruleDifference } from "../access/rules";

/** What the whole internet reaches that it did not: rules, and routes from subnets that had none. */
export const judgeWorld: Judge = (subject) => [...judgeRules(subject), ...judgeRoutes(subject)];

/** A network ACL is no opening by itself: everything in its subnets has a security group too. */
const judgeRules: Judge = (subject) => {
  const isGroup = /security_group|client_vpn/.test(subject.change.type);
  const { gained } = isGroup ? ruleDifference(subject) : { gained: [] };
  return gained
    .filter(({ direction, effect, peer }) => direction === "in" && effect === "allow" && isWorld(peer))
    .map((rule) => risk("exposure", `The whole internet is let in: ${sayRule(rule)}.`));
};

/** An internet gateway as the way out makes a subnet public. */
const judgeRoutes: Judge = ({ change, before, after, base, head }) => {
  if (after === undefined) return [];
  if (change.type === "aws_route") {
    const opens = isPublic(after) && !(before !== undefined && isPublic(before));
    const same = opens && isTablePublic(base, String(after.route_table_id));
    return opens && !same
      ? [risk("exposure", "Subnets of the route table are reachable from the internet.")]
      : [];
  }
  if (change.type !== "aws_route_table_association") return [];
  const opens = isTablePublic(head, String(after.route_table_id));
  const was = before !== undefined && isTablePublic(base, String(before.route_table_id));
  return opens && !was
    ? [risk("exposure", `The subnet ${after.subnet_id} is reachable from the internet.`)]
    : [];
};

function isPublic(route: Parameters<typeof at>[0]): boolean {
  const gateway = String(at(route, "gateway_id") ?? "");
  return referenceOf(gateway)?.startsWith("aws_internet_gateway.") === true || gateway.startsWith("igw-");
}

function isTablePublic(blocks: Parameters<Judge>[0]["base"], table: string): boolean {
  return [...blocks.values()].some(
    ({ type, body }) => type === "aws_route" && String(body.route_table_id) === table && isPublic(body),
  );
}
