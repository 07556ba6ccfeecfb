import type { Place } from "./place";

const SECONDS: Readonly<Record<string, number>> = {
  ...{ d: 86_400, day: 86_400, days: 86_400 },
  ...{ h: 3_600, hr: 3_600, hour: 3_600, hours: 3_600 },
  ...{ m: 60, min: 60, minute: 60, minutes: 60 },
};

/** Returns the seconds that the `value` and `unit` of a place say; what is not a time is noted in the file. */
export function secondsOf(place: Place): number {
  const [value, unit] = [place.at("value"), place.at("unit")];
  const seconds = SECONDS[String(unit.value)];
  if (seconds === undefined) unit.refuse("is not a unit of time here", "use d, h or m");
  if (typeof value.value !== "number" || value.value <= 0)
    value.refuse("is not a time", "use a number above 0");
  return Number(value.value) * (seconds ?? 0);
}
