type Version = readonly [number, number, number];

function parse(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = (text.split("-")[0] ?? "").split(".").map(Number);
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** The first version a `~>` no longer admits: its last but one given part, counted up. */
function pessimisticEnd(text: string): Version {
  const [major, minor] = parse(text);
  return text.split(".").length > 2 ? [major, minor + 1, 0] : [major + 1, 0, 0];
}

function satisfiesOne(version: Version, operator: string, bound: string): boolean {
  const difference = compare(version, parse(bound));
  switch (operator) {
    case ">=":
      return difference >= 0;
    case ">":
      return difference > 0;
    case "<=":
      return difference <= 0;
    case "<":
      return difference < 0;
    case "!=":
      return difference !== 0;
    case "~>":
      return difference >= 0 && compare(version, pessimisticEnd(bound)) < 0;
    default:
      return difference === 0;
  }
}

/**
 * Whether a Terraform version meets a `required_version` (source: Terraform, "Version Constraints").
 * @param version such as `1.11.4`; a pre-release counts as its release
 * @param constraint such as `>= 1.11.0, < 2.0.0`
 */
export function satisfies(version: string, constraint: string): boolean {
  return constraint.split(",").every((part) => {
    const [, operator = "=", bound = ""] = /^\s*(>=|<=|!=|~>|>|<|=)?\s*(\S+)\s*$/.exec(part) ?? [];
    return satisfiesOne(parse(version), operator, bound);
  });
}
