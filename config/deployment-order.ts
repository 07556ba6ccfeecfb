import { closest } from "../base/closest";
import type { Neighbour } from "./accounts";
import type { EnvironmentConfig } from "./environment";

/** The rules about the order of deployment in words, for the reference. */
export const deploymentRulesSay: readonly string[] = [
  "`ci.deploy_after` names another environment of the folder, and following it from environment to environment never leads back to the start.",
];

const path = ["ci", "deploy_after"];

/** Checks that every environment is deployed after one that exists, and that no environments wait for each other. */
export function deploymentRules(neighbours: readonly Neighbour[]): void {
  const names = neighbours.map(({ name }) => name);
  const links = new Map(neighbours.map(({ name, parts }) => [name, parts.ci?.deploy_after]));
  for (const neighbour of neighbours) {
    const before = links.get(neighbour.name);
    if (before === undefined) continue;
    if (names.includes(before)) reportCircle(neighbour, links);
    else reportUnknown(neighbour, before, names);
  }
}

function reportUnknown({ name, report }: Neighbour, before: string, names: readonly string[]): void {
  const others = names.filter((other) => other !== name);
  const near = closest(before, others);
  const known =
    others.length === 0 ? "" : `use one of ${others.map((other) => `"${other}"`).join(", ")}, or `;
  const allowed = near === undefined ? `${known}remove the key` : `did you mean "${near}"?`;
  report(path, "does not name an environment of this folder", allowed);
}

/** Reports a circle once, in the first of its environments by name: one wrong value among them is one problem. */
function reportCircle({ name, report }: Neighbour, links: ReadonlyMap<string, string | undefined>): void {
  const circle = circleFrom(name, links);
  if (circle === undefined || circle.some((other) => other < name)) return;
  const steps = circle.map((other) => `${other} after ${links.get(other)}`).join(", ");
  const message = circle.length === 1 ? "is this environment" : `leads back to this environment: ${steps}`;
  report(path, message, "remove the key from the environment that is deployed first");
}

/** The environments from `name` back to `name`; undefined when the way from it ends, or leads into another circle. */
function circleFrom(name: string, links: ReadonlyMap<string, string | undefined>): string[] | undefined {
  const passed = [name];
  for (let next = links.get(name); next !== name; next = links.get(next)) {
    if (next === undefined || passed.includes(next)) return undefined;
    passed.push(next);
  }
  return passed;
}

/**
 * Sorts environments by their order of deployment: those that wait for none, then those that wait for these, and so on.
 * Within a step they keep the order in which they were given.
 *
 * @param configs all environments of a folder, checked
 */
export function inDeploymentOrder(configs: readonly EnvironmentConfig[]): EnvironmentConfig[] {
  const links = new Map(configs.map(({ environment, ci }) => [environment, ci?.deploy_after]));
  const stepOf = (name: string): number => {
    const before = links.get(name);
    return before === undefined ? 0 : 1 + stepOf(before);
  };
  return [...configs].sort((one, other) => stepOf(one.environment) - stepOf(other.environment));
}
