import type { Block, Blocks } from "../blocks";
import type { Change } from "../change";
import { at, textsOf } from "../json";
import { forcingAttributes } from "../replacement";

/**
 * Addresses that are replaced because what they name is: a subnet of a VPC that is made again has to be made again in it.
 * Only what Terraform cannot know before counts, such as an id: a name that stays is the same name after.
 */
export function replacedWith(
  base: Blocks,
  head: Blocks,
  changes: readonly Omit<Change, "findings">[],
): ReadonlySet<string> {
  const seeds = changes.filter(({ replacement }) => replacement === "yes").map(({ address }) => address);
  const candidates = [...head.values()].filter(
    ({ kind, address }) => kind === "resource" && base.has(address),
  );
  const found = new Set<string>();
  let next = seeds;
  while (next.length > 0) {
    const sources = next;
    next = candidates
      .filter(({ address }) => !found.has(address) && !seeds.includes(address))
      .filter((block) => sources.some((address) => hangsOn(block, address, head)))
      .map(({ address }) => address);
    for (const address of next) found.add(address);
  }
  return found;
}

function hangsOn({ type, body }: Block, address: string, head: Blocks): boolean {
  const target = head.get(address)?.body ?? {};
  return forcingAttributes(type)
    .flatMap((attribute) => textsOf(at(body, attribute)))
    .flatMap((text) => [...text.matchAll(/\$\{([\w-]+\.[\w-]+)\.(\w+)/g)])
    .some(([, named, attribute]) => named === address && target[attribute ?? ""] === undefined);
}
