import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { type Plan, type PlanOf, requirePlan } from "../../review/compare";
import { folderOf } from "../../review/read";
import { isFolder } from "../places";

/** How the file of a stack may be called: by hand, and as `platform plan --save` writes it. */
const NAMES = [".json", ".tfplan.json"];

/**
 * Terraform's plans in a folder: `dev-network.json`, as `terraform show -json` writes it.
 *
 * @throws Failure when the folder is not there; when a file is no plan, as soon as it is asked for
 */
export function plansIn(directory: string): PlanOf {
  if (!isFolder(directory)) {
    throw new Failure(
      `--plan ${directory}: there is no such folder`,
      "./platform plan --env E --save DIR writes one",
    );
  }
  return (stack) => {
    const file = NAMES.map((ending) => join(directory, `${folderOf(stack)}${ending}`)).find(existsSync);
    return file === undefined ? undefined : readPlan(file);
  };
}

function readPlan(file: string): Plan {
  try {
    return requirePlan(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const said = error instanceof SyntaxError ? "is no JSON" : (error as Error).message;
    throw new Failure(`${file} ${said}`, "plan again, and write it with: terraform show -json <plan file>");
  }
}
