import { anchorOf } from "../anchor";
import type { Box, Kind } from "./drawing";
import { keyOf, type Resource } from "./estate";
import { markOfAll } from "./marks";

/** What is particular to a box made from resources. */
export interface BoxContent extends Pick<Box, "children" | "packed"> {
  readonly title: string;
  readonly lines?: readonly (string | false | undefined)[];
  readonly kind: Kind;
  /** Tells apart two boxes of one resource, such as one for each subnet it stands in. @default nothing */
  readonly within?: string;
}

/** The id of a resource's box. */
export function idOf(resource: Resource, within?: string): string {
  return within === undefined ? keyOf(resource) : `${keyOf(resource)}@${within}`;
}

/** A box that stands for a resource and for others that belong to it, marked and linked as they changed. */
export function boxOf(resources: readonly [Resource, ...Resource[]], content: BoxContent): Box {
  const { within, lines = [], ...rest } = content;
  const mark = markOfAll(resources);
  const change = resources.find((resource) => resource.change)?.change;
  return {
    id: idOf(resources[0], within),
    ...rest,
    lines: lines.filter((line): line is string => typeof line === "string" && line !== ""),
    ...(mark && { mark }),
    ...(change && { href: `#${anchorOf(change)}` }),
  };
}
