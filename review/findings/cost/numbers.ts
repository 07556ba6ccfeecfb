import { type ChangedLeaf, changedLeaves, type Leaf } from "../../leaves";
import { type Judge, relief, risk, type Subject } from "../../subject";
import { say } from "../../words";

/** Numbers that are paid for, by the attribute's name; among them what the DAGs launch clusters and jobs with. */
const paid = new Set([
  "allocated_storage",
  "core_on_demand_units",
  "core_spot_units",
  "cpu",
  "desired_capacity",
  "disk",
  "disk_gb",
  "initial_executors",
  "iops",
  "max_allocated_storage",
  "max_webservers",
  "max_workers",
  "maximum_core_units",
  "maximum_executors",
  "maximum_on_demand_units",
  "maximum_units",
  "memory",
  "memory_gb",
  "min_webservers",
  "min_workers",
  "minimum_units",
  "provisioned_concurrent_executions",
  "schedulers",
  "shard_count",
  "storage_throughput",
  "vcpu",
  "worker_count",
]);

/** Limits that stop or announce a bill: without one there is no limit. */
const limits = new Set([
  "bytes_scanned_cutoff_per_query",
  "idle_timeout_minutes",
  "idle_timeout_seconds",
  "limit_amount",
  "threshold",
]);
/** `threshold` is one of many things; only of these it is money. */
const moneyTypes = /^aws_(budgets|ce)_/;

/** Choices that are paid for: the value that costs more. */
const choices: Readonly<Record<string, string>> = {
  architecture: "X86_64",
  compute: "emr",
  multi_az: "true",
};

/** Numbers, limits and choices that make a bill larger or smaller, in attributes and in what the DAGs are told. */
export const judgeNumbers: Judge = (subject) => {
  const { before, after } = subject;
  if (before === undefined || after === undefined) return [];
  return changedLeaves(before, after).flatMap((leaf) => judgeValue(subject, leaf));
};

function judgeValue({ change }: Subject, { path, was, is }: ChangedLeaf): ReturnType<Judge> {
  const { name, shown } = nameOf(change, path);
  const sentence = `${shown}: ${say(is)} instead of ${say(was)}.`;
  const isCapacity = path.startsWith("maximum_capacity.");
  const costsMore =
    choices[name] === undefined
      ? rises(isLimit(change.type, name) || isCapacity, name, was, is)
      : String(is) === choices[name];
  if (costsMore === undefined) return [];
  return [costsMore ? risk("cost", sentence) : relief("cost", sentence)];
}

/** An attribute's own name and how it is shown; an output says what it is by its address. */
function nameOf({ type, address }: Subject["change"], path: string): { name: string; shown: string } {
  const inside = path.split(".").at(-1) ?? "";
  if (type !== "output" || inside !== "value") return { name: inside, shown: path };
  const name = address.slice("output.".length);
  return { name, shown: name };
}

/** Whether a number that is paid for, or limits what is, goes up; undefined for every other. */
function rises(isLimited: boolean, name: string, was?: Leaf, is?: Leaf): boolean | undefined {
  if (!isLimited && !paid.has(name)) return undefined;
  const [old, now] = [amount(was, isLimited), amount(is, isLimited)];
  return Number.isNaN(old + now) || old === now ? undefined : now > old;
}

function isLimit(type: string, name: string): boolean {
  return limits.has(name) && (name !== "threshold" || moneyTypes.test(type));
}

/** `16 vCPU` is 16. */
function amount(value: Leaf | undefined, isLimit: boolean): number {
  if (value === undefined || value === null) return isLimit ? Number.POSITIVE_INFINITY : 0;
  return Number.parseFloat(String(value));
}
