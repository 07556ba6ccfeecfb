import type { Change, Finding } from "../../review/change";
import { compareStack } from "../../review/compare/stacks";
import { nameStack } from "../../review/read";
import { dev, prod } from "../stacks/environments";
import { type Block, pick, stacksOf } from "../stacks/synthesis";

/** The stacks of both environments, as they are synthesized today. */
export const synthesized = stacksOf([dev, prod]);

/** A small change of one synthesized stack. */
export type Edit = (json: Block) => void;

/** What a review says of an edit; an edit that changes nothing is a mistake of the test. */
export function changesBy(stack: string, edit: Edit): readonly Change[] {
  const before = pick(synthesized, stack);
  const after = structuredClone(before);
  edit(after);
  expect(after).not.toEqual(before);
  return compareStack(nameStack(stack, before), nameStack(stack, after)).changes;
}

/** The findings of the only change that an edit makes. */
export function findingsBy(stack: string, edit: Edit): readonly Finding[] {
  const changes = changesBy(stack, edit);
  expect(changes).toHaveLength(1);
  return changes[0]?.findings ?? [];
}

/** A resource of a stack by its address; it has to be there. */
export function at(json: Block, address: string): Block {
  const [type = "", name = ""] = address.split(".");
  const block = json.resource?.[type]?.[name];
  if (block === undefined) throw new Error(`there is no ${address}`);
  return block;
}

/** Takes a resource away. */
export function drop(json: Block, address: string): void {
  at(json, address);
  const [type = "", name = ""] = address.split(".");
  delete json.resource[type][name];
}

/** Gives a resource another address, without saying so in a `moved` block. */
export function rename(json: Block, from: string, to: string): void {
  const block = at(json, from);
  drop(json, from);
  const [type = "", name = ""] = to.split(".");
  json.resource[type][name] = block;
}

/** Changes a policy, or other JSON that an attribute holds as text. */
export function editJson(
  json: Block,
  address: string,
  attribute: string,
  edit: (value: Block) => void,
): void {
  const block = at(json, address);
  const value = JSON.parse(block[attribute]);
  edit(value);
  block[attribute] = JSON.stringify(value);
}

/** A statement of a policy by its Sid; it has to be there. */
export function statement(policy: Block, sid: string): Block {
  const found = policy.Statement.find((one: Block) => one.Sid === sid);
  if (found === undefined) throw new Error(`there is no statement ${sid}`);
  return found;
}

/** The rule of a lifecycle by its id; it has to be there. */
export function ruleOf(block: Block, id: string): Block {
  const found = block.rule.find((rule: Block) => rule.id === id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return found;
}
