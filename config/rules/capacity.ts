import type { Report } from "../problems";
import type { Parts } from "./rule";

/**
 * The limits of managed scaling agree with each other, and the cluster starts within them.
 * Source: Amazon EMR Management Guide, "Configure managed scaling for Amazon EMR".
 */
export function capacityRules({ processing = {} }: Parts, report: Report): void {
  const atMost = (low: Limit, high: Limit) => {
    const [value, limit] = [processing[low], processing[high]];
    if (value === undefined || limit === undefined || value <= limit) return;
    report(
      ["processing", low],
      `is above processing.${high} ${limit}`,
      `use at most ${limit}, or raise ${high}`,
    );
  };
  atMost("minimum_units", "maximum_units");
  atMost("maximum_core_units", "maximum_units");
  atMost("maximum_on_demand_units", "maximum_units");
  atMost("core_on_demand_units", "maximum_on_demand_units");
  startRule(processing, report);
}

type Limit =
  | "minimum_units"
  | "maximum_units"
  | "maximum_core_units"
  | "maximum_on_demand_units"
  | "core_on_demand_units";

function startRule(processing: NonNullable<Parts["processing"]>, report: Report): void {
  const { core_on_demand_units, core_spot_units, minimum_units, maximum_core_units } = processing;
  if (core_on_demand_units === undefined || core_spot_units === undefined) return;
  const start = core_on_demand_units + core_spot_units;
  const sum = `and core_on_demand_units ${core_on_demand_units} start the cluster with ${start} core nodes`;
  const path = ["processing", "core_spot_units"];
  if (start === 0) report(path, sum, "use at least 1 in either: HDFS lives on core nodes");
  else if (minimum_units !== undefined && start < minimum_units) {
    report(
      path,
      `${sum}, below processing.minimum_units ${minimum_units}`,
      `use at least ${minimum_units} in sum`,
    );
  }
  if (maximum_core_units !== undefined && start > maximum_core_units) {
    const message = `${sum}, above processing.maximum_core_units ${maximum_core_units}`;
    report(path, message, `use at most ${maximum_core_units} in sum`);
  }
}
