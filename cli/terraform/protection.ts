import { Failure } from "../../base/failure";
import { isProtectedType } from "../../stacks/core/protected";
import { type ChangedResource, nameOf, type PlanJson } from "./change-set";

/**
 * Refuses a plan that destroys or replaces a resource of a protected type. Terraform's `prevent_destroy` holds only while
 * the block that says it is in the configuration; this looks at what the plan does and at what exists.
 *
 * @throws Failure that names every such resource
 */
export function requireProtected(stack: string, plan: PlanJson): void {
  const lost = lostWith(plan);
  if (lost.length === 0) return;
  throw new Failure(
    `${stack}: the plan destroys what cannot be made again; nothing was applied:\n  ${lost.join("\n  ")}`,
    "undo the change; or write a `moved` block for a renamed resource, or a `removed` block with `destroy = false` " +
      "for one that Terraform should leave alone. `./platform destroy` is the only command that deletes data",
  );
}

/** Returns the protected resources that would be gone after a plan, a line each with what the plan does. */
export function lostWith({ resource_changes = [], prior_state, planned_values }: PlanJson): string[] {
  const changed = resource_changes.filter(isProtected);
  const destroyed = changed
    .filter(({ change }) => change.actions.includes("delete"))
    .map((resource) => `${nameOf(resource)} would be ${isReplaced(resource) ? "replaced" : "destroyed"}`);
  const known = new Set(changed.flatMap(({ address, previous_address }) => [address, previous_address]));
  const stays = new Set(addressesIn(planned_values?.root_module));
  const vanished = resourcesIn(prior_state?.values?.root_module)
    .filter(
      (resource) => isProtected(resource) && !known.has(resource.address) && !stays.has(resource.address),
    )
    .map(({ address }) => `${address} exists, and the plan does not mention it`);
  return [...destroyed, ...vanished].sort();
}

function isProtected({ mode, type }: { readonly mode: string; readonly type: string }): boolean {
  return mode === "managed" && isProtectedType(type);
}

function isReplaced({ change }: ChangedResource): boolean {
  return change.actions.includes("create");
}

type Module = NonNullable<PlanJson["planned_values"]>["root_module"];

function resourcesIn(module: Module): NonNullable<NonNullable<Module>["resources"]>[number][] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

function addressesIn(module: Module): string[] {
  return resourcesIn(module).map(({ address }) => address);
}
