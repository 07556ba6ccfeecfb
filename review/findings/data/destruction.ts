import { at, same } from "../../json";
import { holdingOf } from "../../replacement";
import { goesWithOwner, type Judge, relief, risk, type Subject } from "../../subject";
import { enumerate } from "../../words";

/** What goes, with what is in it; resources that guard data go with it. */
export const judgeDestruction: Judge = (subject) => {
  const { change } = subject;
  const holding = holds(subject);
  if (change.isForgotten) {
    return [relief("data", "Terraform lets go of it, and destroys nothing.")];
  }
  if (change.action === "remove" && isLastVpn(subject))
    return [relief("access", "Nobody comes in through the VPN any more.")];
  if (change.action === "remove" && holding !== undefined) return [gone(subject, holding)];
  if (change.action === "remove" && isGuardOfData(subject)) {
    return [risk("data", "What is overwritten or deleted can no longer be brought back.")];
  }
  if (change.replacement !== "yes" || change.action === "add" || holding === undefined) return [];
  const causes = change.attributes.filter(({ replaces }) => replaces === "yes").map(({ path }) => path);
  const cause = causes.length === 0 ? "what it depends on is" : `${enumerate(causes)} cannot change in place`;
  return [risk("data", `Is destroyed and made again, because ${cause}: ${holding} would be lost.`)];
};

/** A VPN that is given up needs no address; one that is made again gets another. */
function isLastVpn({ change, head }: Subject): boolean {
  const isVpn = change.type === "aws_ec2_client_vpn_endpoint";
  return isVpn && ![...head.values()].some(({ type }) => type === change.type);
}

/** What would be lost: by its type, or because somebody protected it. */
function holds({ change, before }: Subject): string | undefined {
  const isProtected = at(before, "lifecycle.prevent_destroy") === true;
  return holdingOf(change.type) ?? (isProtected ? "what prevent_destroy kept" : undefined);
}

function gone(subject: Subject, holding: string): ReturnType<Judge>[number] {
  const heir = heirOf(subject);
  const sentence = `Is destroyed: ${holding} would be lost.`;
  if (heir === undefined) return risk("data", sentence);
  return risk("data", `${sentence} ${heir} reads the same: if it is the same, a moved block keeps it.`);
}

/** A new resource that looks as if this one had only been renamed. */
function heirOf({ change, before, base, head }: Subject): string | undefined {
  const heirs = [...head.values()].filter(({ type, address, body, kind }) => {
    if (kind !== "resource" || type !== change.type || base.has(address) || before === undefined)
      return false;
    return (
      same(body, before) ||
      ["bucket", "name", "identifier"].some((key) => before[key] && same(before[key], body[key]))
    );
  });
  return heirs[0]?.address;
}

function isGuardOfData(subject: Subject): boolean {
  const guards = ["aws_s3_bucket_versioning", "aws_s3_bucket_object_lock_configuration", "aws_backup_plan"];
  return guards.includes(subject.change.type) && !goesWithOwner(subject);
}
