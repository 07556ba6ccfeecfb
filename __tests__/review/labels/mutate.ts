import type { Block } from "../../stacks/synthesis";
import type { Mutation } from "./labels";

/** Draws a number below `limit`. */
export type Draw = (limit: number) => number;

/** Draws of a seed, the same on every machine (mulberry32). */
export function drawsOf(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

/** Where a value is: what holds it, and its key there. */
interface Slot {
  readonly holder: Block;
  readonly key: string;
}

/**
 * Mutates one argument of a block, anywhere that its path leads to.
 *
 * @returns false when the block does not set it, or the mutation does not apply to its value
 */
export function mutate(block: Block, path: string, mutation: Mutation, draw: Draw): boolean {
  const inner = path.split(".");
  for (let end = 1; end < inner.length; end++) {
    // A text with JSON inside is mutated there.
    const slots = slotsOf(block, inner.slice(0, end)).filter(({ holder, key }) => isJson(holder[key]));
    const slot = slots[draw(slots.length)];
    if (slot === undefined) continue;
    const value = JSON.parse(slot.holder[slot.key]);
    const isDone = mutate(value, inner.slice(end).join("."), mutation, draw);
    slot.holder[slot.key] = JSON.stringify(value);
    return isDone;
  }
  const slots = slotsOf(block, inner);
  const slot = slots[draw(slots.length)];
  return slot !== undefined && changes[mutation](slot, draw);
}

function isJson(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("{");
}

function slotsOf(block: Block, path: readonly string[]): Slot[] {
  const [key = "", ...rest] = path;
  if (Array.isArray(block)) return block.flatMap((item) => slotsOf(item, path));
  if (typeof block !== "object" || block === null || !(key in block)) return [];
  return rest.length === 0 ? [{ holder: block, key }] : slotsOf(block[key], rest);
}

const FOREIGN = "999999999999";

/** Another value of the same form, somewhere that is not the platform's. */
function elsewhere(value: string, draw: Draw): string {
  const names = ["evil", "attacker-owned", "elsewhere"];
  const name = names[draw(names.length)];
  if (/@/.test(value)) return `${name}@example.org`;
  if (/^s3:/.test(value)) return `s3://${name}/logs/`;
  if (/\.arn\}|^arn:|_arn\}/.test(value)) return `arn:aws:sqs:eu-west-1:${FOREIGN}:${name}`;
  if (/^\d+(\.\d+){3}$/.test(value)) return "203.0.113.53";
  if (/^\{/.test(value)) return JSON.stringify({ source: [name] });
  return name ?? "";
}

function widened(value: Block): Block {
  const principal = value.Statement[0]?.Principal === undefined ? {} : { Principal: "*" };
  const action = JSON.stringify(value).includes("sts:AssumeRole")
    ? { Action: "sts:AssumeRole" }
    : { Action: "*", Resource: "*" };
  return {
    ...value,
    Statement: [...value.Statement, { Sid: "Wide", Effect: "Allow", ...action, ...principal }],
  };
}

type Change = (slot: Slot, draw: Draw) => boolean;

function replaced({ holder, key }: Slot, value: Block): boolean {
  if (JSON.stringify(holder[key]) === JSON.stringify(value)) return false;
  holder[key] = value;
  return true;
}

const scale =
  (factor: (draw: Draw) => number): Change =>
  (slot, draw) => {
    const number = Number.parseFloat(slot.holder[slot.key]);
    if (Number.isNaN(number) || number === 0) return false;
    const scaled = Math.max(0, Math.floor(number * factor(draw)));
    return replaced(slot, typeof slot.holder[slot.key] === "string" ? String(scaled) : scaled);
  };

const less = scale((draw) => [0.1, 0.5, 0.9][draw(3)] ?? 0.5);
const more = scale((draw) => [2, 3, 10][draw(3)] ?? 2);

const changes: Readonly<Record<Mutation, Change>> = {
  remove: ({ holder, key }) => delete holder[key],
  off: (slot) => slot.holder[slot.key] === true && replaced(slot, false),
  on: (slot) => slot.holder[slot.key] === false && replaced(slot, true),
  elsewhere: (slot, draw) => {
    const value = slot.holder[slot.key];
    if (Array.isArray(value)) return replaced(slot, [...value, elsewhere(String(value[0] ?? ""), draw)]);
    return typeof value === "string" && replaced(slot, elsewhere(value, draw));
  },
  widen: (slot) =>
    isJson(slot.holder[slot.key]) &&
    replaced(slot, JSON.stringify(widened(JSON.parse(slot.holder[slot.key])))),
  world: ({ holder, key }, draw) => {
    const range = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/2", "203.0.113.0/24"][draw(4)];
    if (!Array.isArray(holder[key])) {
      delete holder[key];
      holder[key === "target_network_cidr" ? key : "cidr_ipv4"] = range;
      return true;
    }
    holder[key].push({ ...holder[key][0], rule_no: 7, cidr_block: range });
    return true;
  },
  fewer: (slot, draw) => {
    const items = slot.holder[slot.key];
    return Array.isArray(items) && items.length > 0 && items.splice(draw(items.length), 1).length === 1;
  },
  less,
  more,
  blind: (slot, draw) => (/^Less/.test(slot.holder.comparison_operator) ? less : more)(slot, draw),
  quieter: (slot) => replaced(slot, "CRITICAL"),
};
