import type { Block } from "../../stacks/synthesis";
import { at, drop, editJson } from "../synthesized";
import type { Case } from "./case";

/** Where a change of the corpus is: its stack, and the address of the block. */
export type Place = readonly [stack: string, address: string];

/** A case that sets arguments of one block, by their paths: blocks that occur once are stepped into. */
export function setting(
  name: string,
  [stack, address]: Place,
  values: Readonly<Record<string, Block>>,
): Case {
  return {
    name,
    stack,
    address,
    edit: (json) => {
      for (const [path, value] of Object.entries(values)) put(blockAt(json, address), path.split("."), value);
    },
  };
}

/** A case that changes one block by hand. */
export function editing(name: string, [stack, address]: Place, edit: (block: Block) => void): Case {
  return { name, stack, address, edit: (json) => edit(blockAt(json, address)) };
}

/** A case that changes JSON in an argument of one block. */
export function inJson(
  name: string,
  [stack, address]: Place,
  attribute: string,
  edit: (value: Block) => void,
): Case {
  return { name, stack, address, edit: (json) => editJson(json, address, attribute, edit) };
}

/** A case that takes one resource away. */
export function dropping(name: string, [stack, address]: Place): Case {
  return { name, stack, address, edit: (json) => drop(json, address) };
}

/** A case that adds one resource. */
export function adding(name: string, [stack, address]: Place, body: Block): Case {
  const [type = "", label = ""] = address.split(".");
  return {
    name,
    stack,
    address,
    edit: (json) => {
      json.resource[type] = { ...json.resource[type], [label]: body };
    },
  };
}

/** A case that changes a setting of Terraform itself, or anything else of the stack's JSON. */
export function ofStack(name: string, [stack, address]: Place, edit: (json: Block) => void): Case {
  return { name, stack, address, edit };
}

function blockAt(json: Block, address: string): Block {
  if (!address.startsWith("data.")) return at(json, address);
  const [, type = "", name = ""] = address.split(".");
  return json.data[type][name];
}

/** Sets what is at a path; undefined takes it away. */
function put(block: Block, [key = "", ...rest]: readonly string[], value: Block): void {
  if (rest.length > 0) {
    const inner = block[key] ?? {};
    block[key] = inner;
    put(Array.isArray(inner) ? inner[0] : inner, rest, value);
  } else if (value === undefined) delete block[key];
  else block[key] = value;
}
