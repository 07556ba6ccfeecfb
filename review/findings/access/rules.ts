import type { Block, Blocks } from "../../blocks";
import { listOf, textsOf } from "../../json";
import { goesWithOwner, type Judge, relief, risk, type Subject } from "../../subject";
import { say } from "../../words";
import { type Rule, ruleCovers, rulesOf } from "./rule";
import { sayRule } from "./rule-words";

/** What rules of the network let through that nothing did before, and the other way round. */
export const judgeRules: Judge = (subject) => {
  if (goesWithOwner(subject)) return [];
  const { gained, lost } = ruleDifference(subject);
  return [
    ...gained.map((rule) =>
      rule.effect === "allow"
        ? risk("access", `Lets ${sayRule(rule)}.`)
        : relief("access", `Refuses ${sayRule(rule)}.`),
    ),
    ...lost.map((rule) =>
      rule.effect === "allow"
        ? relief("access", `No longer lets ${sayRule(rule)}.`)
        : risk("access", `No longer refuses ${sayRule(rule)}.`),
    ),
    ...unguarded(subject),
  ];
};

/** The rules that a change brings, and those it takes, that nothing else in the stack says. */
export function ruleDifference({ change, before, after, base, head }: Subject): {
  readonly gained: readonly Rule[];
  readonly lost: readonly Rule[];
} {
  const { type, address } = change;
  const own = (body: Block["body"] | undefined, blocks: Blocks): Rule[] =>
    body === undefined ? [] : resolved(rulesOf({ type, address, body, kind: "resource" }), blocks);
  const [was, is] = [own(before, base), own(after, head)];
  if (was.length + is.length === 0) return { gained: [], lost: [] };
  const [olds, news] = [rulesIn(base), rulesIn(head)];
  return {
    gained: is.filter((rule) => !olds.some((old) => ruleCovers(old, rule))),
    lost: was.filter((rule) => !news.some((now) => ruleCovers(now, rule))),
  };
}

const read = new WeakMap<Blocks, readonly Rule[]>();

/** Every rule of a stack. */
function rulesIn(blocks: Blocks): readonly Rule[] {
  const resources = [...blocks.values()].filter(({ kind }) => kind === "resource");
  const known = read.get(blocks) ?? resolved(resources.flatMap(rulesOf), blocks);
  read.set(blocks, known);
  return known;
}

/** Rules with the range of addresses that an expression stands for, where the stack itself says it. */
function resolved(rules: readonly Rule[], blocks: Blocks): Rule[] {
  return rules.map((rule) => {
    const [, address = "", attribute = ""] = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(rule.peer) ?? [];
    const value = blocks.get(address)?.body[attribute];
    return typeof value === "string" ? { ...rule, peer: value } : rule;
  });
}

/** Subnets that leave their network ACL get the VPC's default one, which lets everything through. */
function unguarded({ change, before, after, head }: Subject): ReturnType<Judge> {
  if (change.type !== "aws_network_acl") return [];
  const guarded = [...head.values()]
    .filter(({ type }) => type === "aws_network_acl")
    .flatMap(({ body }) => textsOf(body.subnet_ids));
  const left = textsOf(before?.subnet_ids)
    .filter((subnet) => !textsOf(after?.subnet_ids).includes(subnet))
    .filter((subnet) => !guarded.includes(subnet) && stays(subnet, head));
  if (listOf(left).length === 0) return [];
  return [
    risk(
      "access",
      `Leaves ${left.map(say).join(" and ")} to the default ACL, which lets everything through.`,
    ),
  ];
}

function stays(subnet: string, head: Blocks): boolean {
  const address = /^\$\{(aws_subnet\.[\w-]+)\./.exec(subnet)?.[1];
  return address === undefined || head.has(address);
}
