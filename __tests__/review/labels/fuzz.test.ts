import { compareStack } from "../../../review/compare/stacks";
import { nameStack } from "../../../review/read";
import { type Block, pick } from "../../stacks/synthesis";
import { synthesized } from "../synthesized";
import { type Label, labelled, type Mutation } from "./labels";
import { type Draw, drawsOf, mutate } from "./mutate";

/** How often each mutation of each label is tried, somewhere in the stacks. */
const TRIES = 3;

/** Blocks of the labelled type, by stack. */
function placesOf(type: string): { readonly stack: string; readonly name: string }[] {
  const [section, key] = sectionOf(type);
  return [...synthesized].flatMap(([stack, json]) =>
    Object.keys(json[section]?.[key] ?? {}).map((name) => ({ stack, name })),
  );
}

function sectionOf(type: string): readonly ["resource" | "data", string] {
  return type.startsWith("data.") ? ["data", type.slice("data.".length)] : ["resource", type];
}

/** The sentences about risks of one mutation; undefined when no place sets the argument. */
function risksOf(
  { type, argument, unsafe }: Label,
  mutation: Mutation,
  draw: Draw,
): readonly string[] | undefined {
  const [section, key] = sectionOf(type);
  const places = placesOf(type);
  for (let tried = 0; places.length > 0 && tried < 200; tried++) {
    const [{ stack, name } = { stack: "", name: "" }] = places.splice(draw(places.length), 1);
    const before = pick(synthesized, stack);
    const part: Block = structuredClone(before[section]?.[key]?.[name]);
    // A switch is removed where it is on the safe side.
    const switched = mutation === "remove" ? unsafe.find((one) => one === "on" || one === "off") : undefined;
    if (switched && !mutate(structuredClone(part), argument, switched, () => 0)) continue;
    if (!mutate(part, argument, mutation, draw)) continue;
    const after = {
      ...before,
      [section]: { ...before[section], [key]: { ...before[section]?.[key], [name]: part } },
    };
    const { changes } = compareStack(nameStack(stack, before), nameStack(stack, after));
    return changes.flatMap(({ findings }) =>
      findings.filter(({ risk }) => risk).map(({ sentence }) => sentence),
    );
  }
  return undefined;
}

test.each(labelled)("no mutation of $type $argument reads as no risk", (label) => {
  for (const mutation of label.unsafe)
    for (let seed = 1; seed <= TRIES; seed++) {
      const found = risksOf(label, mutation, drawsOf(seed * 7919 + label.argument.length));
      expect([mutation, seed, found]).not.toEqual([mutation, seed, []]);
      // Every label is about something that the platform has.
      expect([mutation, found]).not.toEqual([mutation, undefined]);
    }
});
