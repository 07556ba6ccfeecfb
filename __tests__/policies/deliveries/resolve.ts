import type { Block, StackJson } from "../../stacks/synthesis";

/** A resource of a stack. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly block: Block;
}

export type Stacks = ReadonlyMap<string, StackJson>;

const REFERENCE = /\$\{(aws_\w+)\.(\w+)\.\w+\}/;
const UPSTREAM = /\$\{data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)\}/;

/** The resource that a text refers to: in its own stack, or by an output of another stack of its environment. */
export function resolve(stacks: Stacks, stack: string, text: string): Resource | undefined {
  const [, upstream, output = ""] = UPSTREAM.exec(text) ?? [];
  if (upstream !== undefined) {
    const other = `${stack.split("-")[0]}-${upstream}`;
    return resolve(stacks, other, String(stacks.get(other)?.output?.[output]?.value));
  }
  const [, type = "", name = ""] = REFERENCE.exec(text) ?? [];
  const block = stacks.get(stack)?.resource?.[type]?.[name];
  return block === undefined ? undefined : { stack, type, name, block };
}

/** The resources of a type in a stack one of whose attributes refers to `target`. */
export function referring(stacks: Stacks, target: Resource, type: string, attribute: string): Block[] {
  const named: Record<string, Block> = stacks.get(target.stack)?.resource?.[type] ?? {};
  return Object.values(named).filter((block) => {
    const found = resolve(stacks, target.stack, String(block[attribute]));
    return found?.type === target.type && found.name === target.name;
  });
}

/** Every text in a value, under the names that lead there; positions in lists are left out. */
export function textsIn(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, path));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
  return value === undefined || value === null ? [] : [{ path: path.join("."), text: String(value) }];
}
