import { windowsFrom } from "../../../modules/rds/maintenance-windows";

test.each([
  ["SUN:04:00", "sun:04:00-sun:05:00", "02:00-03:00"],
  ["SUN:00:30", "sun:00:30-sun:01:30", "22:30-23:30"],
  ["WED:23:30", "wed:23:30-thu:00:30", "21:30-22:30"],
  ["SAT:23:00", "sat:23:00-sun:00:00", "21:00-22:00"],
])("maintenance from %s leaves the backup alone", (begin, maintenance, backup) => {
  expect(windowsFrom(begin)).toEqual({ maintenance, backup });
});
