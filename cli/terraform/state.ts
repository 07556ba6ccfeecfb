import type { State } from "../state-file";
import { readStackJson } from "./stacks";

/** Addresses of what a state manages. */
export function managedAddresses(state: State | undefined): string[] {
  const managed = (state?.resources ?? []).filter(
    ({ mode, instances }) => mode === "managed" && instances.length > 0,
  );
  return managed.map(({ type, name }) => `${type}.${name}`);
}

/** Types of what a state manages. */
export function managedTypes(state: State | undefined): ReadonlySet<string> {
  return new Set(managedAddresses(state).map((address) => address.slice(0, address.indexOf("."))));
}

/** What a stack reads of another's state. */
export interface Reading {
  /** Key of the other state's object in the state bucket. */
  readonly key: string;
  readonly outputs: readonly string[];
}

/** The outputs a stack reads from other states, found in its synthesized JSON. */
export function readings(directory: string): Reading[] {
  const json = readStackJson(directory);
  const text = JSON.stringify(json);
  return Object.entries(json.data?.terraform_remote_state ?? {}).map(([name, { config }]) => {
    const uses = text.matchAll(new RegExp(`data\\.terraform_remote_state\\.${name}\\.outputs\\.(\\w+)`, "g"));
    return { key: config.key, outputs: [...new Set([...uses].map((use) => use[1] ?? ""))].sort() };
  });
}
