import { partitionOf } from "../../config";
import { billedBy } from "../../stacks/bootstrap/accounts";
import { type Account, compareExisting } from "./existing";
import { readBilledTags, readServicesMonitor } from "./reads";
import { ok, type Verdict, verdict } from "./verdict";

/** Source: AWS Cost Management User Guide, "Enabling Cost Explorer": the console does it, and the data takes a day. */
const enable = "open Cost Explorer once in the Billing console and wait a day";

/** Whether the account has a monitor of AWS services, or bootstrap may create it. */
export async function checkServicesMonitor(account: Account): Promise<Verdict> {
  const { config, created } = account;
  const { emails, monitor_arn: named } = config.account.cost_anomaly;
  const type = "aws_ce_anomaly_monitor";
  if (emails.length === 0) return ok("none is needed: account.cost_anomaly has no emails");
  const read = await readServicesMonitor(config);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  const { value: monitor } = read;
  if (monitor === "never enabled")
    return verdict(
      "wrong",
      "Cost Explorer was never enabled, so that AWS takes no monitor",
      `${enable}, or write account.cost_anomaly.emails = []`,
    );
  if (monitor === "of the organization")
    return verdict(
      "unknown",
      "Cost Explorer belongs to the account that pays for the organization, which may refuse a monitor here",
      "write account.cost_anomaly.emails = [] if bootstrap is refused, and watch costs in that account",
    );
  if (named !== undefined && !created.has(type))
    return monitor === named
      ? ok(named)
      : verdict(
          "wrong",
          `account.cost_anomaly.monitor_arn ${named} is not the account's monitor of AWS services`,
          monitor === undefined
            ? "remove monitor_arn"
            : `write account.cost_anomaly.monitor_arn = "${monitor}"`,
        );
  return compareExisting(account, {
    type,
    name: monitor ?? "a monitor of AWS services",
    exists: monitor !== undefined,
    keep: `account.cost_anomaly.monitor_arn = "${monitor}"`,
    make: "account.cost_anomaly.emails",
  });
}

/**
 * Checks that bills and budgets are divided by the tags, and that bootstrap may activate them. Billing knows a key only
 * after a resource has carried it. Source: AWS Billing User Guide, "Activating user-defined cost allocation tags".
 */
export async function checkCostAllocationTags(account: Account): Promise<Verdict> {
  const { config, created, owned } = account;
  const type = "aws_ce_cost_allocation_tag";
  const [creates, hasBudget] = [created.has(type), config.observability.budget !== undefined];
  if (!["aws", "aws-cn"].includes(partitionOf(config.region))) return ok("the partition has none");
  const read = await readBilledTags(config);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  const { value: tags } = read;
  const uncounted = hasBudget ? "; the budget counts nothing until then" : "";
  if (tags === "never enabled")
    return verdict(creates ? "wrong" : "warning", `Cost Explorer was never enabled${uncounted}`, enable);
  if (tags === "of the organization") {
    const detail = `the account that pays for the organization activates ${billedBy.join(", ")}${uncounted}`;
    const remedy = "do it there, in the Billing console under Cost allocation tags";
    return creates
      ? verdict("wrong", detail, `${remedy}, and write account.cost_allocation_tags = false`)
      : verdict("warning", detail, remedy);
  }
  return judgeTags(tags, { creates, isOwn: owned?.has(type) ?? false, hasBudget });
}

interface Expected {
  readonly creates: boolean;
  readonly isOwn: boolean;
  readonly hasBudget: boolean;
}

function judgeTags(tags: ReadonlyMap<string, string>, { creates, isOwn, hasBudget }: Expected): Verdict {
  const unseen = billedBy.filter((key) => !tags.has(key));
  if (creates && !isOwn && unseen.length > 0) {
    const remedy = "write account.cost_allocation_tags = false until a day after the first apply";
    return verdict("wrong", `Billing has not seen ${unseen.join(", ")} on any resource yet`, remedy);
  }
  const inactive = billedBy.filter((key) => tags.get(key) !== "Active");
  if (inactive.length === 0) return ok(`${billedBy.join(", ")} are active`);
  if (creates && !isOwn) return ok("bootstrap activates them");
  const detail = `${inactive.join(", ")} divide no bill yet${hasBudget ? "; the budget counts nothing until then" : ""}`;
  const when = unseen.length > 0 ? "a day after the first apply, " : "";
  return verdict("warning", detail, `${when}write account.cost_allocation_tags = true, then bootstrap`);
}
