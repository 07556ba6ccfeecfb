const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;

/** When RDS works on a database by itself, in UTC and in RDS's own words. */
export interface Windows {
  /** An hour a week: `sun:04:00-sun:05:00`. */
  readonly maintenance: string;
  /** An hour a day, which never meets the other: `02:00-03:00`. Source: Amazon RDS User Guide, "Backup window". */
  readonly backup: string;
}

/**
 * The windows around the beginning of the maintenance; the backup begins two hours before it.
 * @param begin `SUN:04:00`
 */
export function windowsFrom(begin: string): Windows {
  const [day = "", hours, minutes] = begin.toLowerCase().split(":");
  const start = days.indexOf(day) * minutesOfDay + Number(hours) * 60 + Number(minutes);
  const backup = start - 120 + minutesOfWeek;
  return {
    maintenance: `${momentOf(start)}-${momentOf(start + 60)}`,
    backup: `${timeOf(backup)}-${timeOf(backup + 60)}`,
  };
}

function momentOf(minutes: number): string {
  return `${days[Math.floor((minutes % minutesOfWeek) / minutesOfDay)]}:${timeOf(minutes)}`;
}

function timeOf(minutes: number): string {
  const inDay = minutes % minutesOfDay;
  return [Math.floor(inDay / 60), inDay % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
