import { type Leaf, leavesOf } from "../../leaves";
import { type Judge, relief, risk } from "../../subject";
import { say } from "../../words";

/** Attributes that name a size, of one machine or of several to choose from. */
const CLASS =
  /(^|\.)(environment_class|instance_class|instance_type|node_type|\w*instance_types|worker_type|value)(\[\d+\])?$/;

/** Sizes from small to large, as AWS names them. */
const sizes = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** Machines that are larger, or of another family, whose price nobody can tell from its name. */
export const judgeClasses: Judge = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const [olds, news] = [classes(was), classes(is)];
  return [...news].flatMap(([place, names]) => {
    const known = olds.get(place);
    if (known === undefined) return [];
    const come = names.filter((name) => !known.includes(name));
    const gone = known.filter((name) => !names.includes(name));
    if (come.length === 0) return [];
    const sentence = `${place}: ${say(names)} instead of ${say(known)}.`;
    const cheaper = come.every((name) =>
      (gone.length > 0 ? gone : known).some((old) => isCheaper(name, old)),
    );
    return [cheaper ? relief("cost", sentence) : risk("cost", sentence)];
  });
};

/** Classes by the place of their list or attribute. */
function classes(leaves: ReadonlyMap<string, Leaf>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, value] of leaves) {
    if (!CLASS.test(path) || typeof value !== "string" || rankOf(value) === undefined) continue;
    const place = path.replace(/\[\d+\]$/, "");
    found.set(place, [...(found.get(place) ?? []), value]);
  }
  return found;
}

function isCheaper(name: string, old: string): boolean {
  const [rank, oldRank] = [rankOf(name), rankOf(old)];
  return familyOf(name) === familyOf(old) && rank !== undefined && oldRank !== undefined && rank < oldRank;
}

function familyOf(name: string): string {
  return name.split(".").slice(0, -1).join(".");
}

/** The rank of a size: `2xlarge` is above `xlarge`. Undefined for what is no class. */
function rankOf(name: string): number | undefined {
  const [, times, size = ""] = /^[a-z][\w-]*(?:\.[\w-]+)?\.(\d*)([a-z]+)$/.exec(name) ?? [];
  const rank = sizes.indexOf(size);
  return rank < 0 ? undefined : rank + Number(times || 0);
}
