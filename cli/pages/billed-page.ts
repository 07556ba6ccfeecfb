import type { EnvironmentConfig } from "../../config";
import type { Stack } from "../terraform/stacks";
import { billed, ownerOf, resourcesOf } from "./billed";

const introduction = `<!-- Written by \`npm run docs:billed\` from the synthesized stacks. Do not edit. -->

# What AWS bills, by environment

Counts of what is billed, read from the Terraform JSON of \`environments/\`. There are no prices here: they differ by region and
change; the page to look at is named by its title. What costs by the hour costs whether anybody works or not.
[What to turn off](guides/costs.md) says what can go, and what that loses.`;

/** What every environment has of all that is billed, as Markdown. */
export function renderBilled(configs: readonly EnvironmentConfig[], stacks: readonly Stack[]): string {
  const names = configs.map(({ environment }) => environment);
  const owners = [...names, ...new Set(stacks.map((stack) => ownerOf(stack, names)).filter(isAccount))];
  const resources = owners.map((owner) =>
    resourcesOf(stacks.filter((stack) => ownerOf(stack, names) === owner)),
  );
  const head = ["What", ...owners, "Billed", "Price: AWS's page", "Setting"];
  const rows = billed.map(({ what, count, when, pricing, setting }) => {
    return [what, ...resources.map((all) => count(all) ?? "–"), when, `"${pricing}"`, setting];
  });
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${[introduction, "## What stands", table.join("\n"), "## What runs", renderRuns(configs)].join("\n\n")}\n`;
}

function isAccount(owner: string): boolean {
  return owner.startsWith("account ");
}

/** Clusters are made by runs, and so are in no stack. */
function renderRuns(configs: readonly EnvironmentConfig[]): string {
  const lines = configs.map(({ environment, processing }) => {
    const {
      compute,
      minimum_units: least,
      maximum_units: most,
      maximum_on_demand_units: onDemand,
    } = processing;
    if (compute === "emr_serverless")
      return `- **${environment}**: on EMR Serverless, see above; between runs nothing.`;
    const nodes = `a primary node and ${least} to ${most} others, at most ${onDemand} of them on demand`;
    return `- **${environment}**: an EMR cluster for as long as a run lasts: ${nodes}.`;
  });
  return `${lines.join("\n")}

Prices: "Amazon EMR pricing", "Amazon EC2 On-Demand Pricing", "Amazon EC2 Spot Instances Pricing".`;
}
