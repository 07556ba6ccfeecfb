export { plural } from "../base/text";

const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const compacts = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** A count with thousand separators: 1,234,567. */
export function count(value: number): string {
  return counts.format(value);
}

/** A measure with at most two decimals: 1,234.5. */
export function decimal(value: number): string {
  return decimals.format(value);
}

/** Three significant digits for labels inside a plot: 1.23M. */
export function compact(value: number): string {
  return compacts.format(value);
}

/**
 * A part of a whole in per cent: 1.23 %. What is not nothing never shows as nothing, what is not all never shows
 * as all, and a part of nothing is a dash.
 *
 * @param digits after the point, always as many, so that numbers below each other compare.
 */
export function share(part: number, whole: number, digits = 2): string {
  if (whole === 0) return "–";
  if (part === 0 || part === whole) return part === 0 ? "0 %" : "100 %";
  const step = 10 ** -digits;
  const value = (part / whole) * 100;
  if (value < step / 2) return `< ${step} %`;
  if (value > 100 - step / 2) return `> ${(100 - step).toFixed(digits)} %`;
  return `${value.toFixed(digits)} %`;
}

/** A ratio that somebody chose, in per cent without needless digits: 0.005 is 0.5 %. */
export function percent(ratio: number): string {
  return `${decimals.format(ratio * 100)} %`;
}

/** A size in decimal units, as S3 and disks are sold: 12.3 MB. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = value;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? count(size) : size.toFixed(1)} ${units[unit]}`;
}

/** A duration, to the unit that matters: 0.42 s, 12.3 s, 2 min 05 s, 1 h 02 min. */
export function duration(seconds: number): string {
  if (seconds < 9.995) return `${decimals.format(seconds)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${pad(whole % 60)} s`;
  return `${count(Math.floor(minutes / 60))} h ${pad(minutes % 60)} min`;
}

/** An amount of money with its currency: to the cent, and below ten of them to two digits, as in 0.0042 EUR. */
export function money(value: number, currency: string): string {
  if (value > 0 && value < 0.0001) return `< 0.0001 ${currency}`;
  const digits = value > 0 && value < 0.1 ? { maximumSignificantDigits: 2 } : cents;
  return `${value.toLocaleString("en-US", digits)} ${currency}`;
}

const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** Rows per second; a dash when no time was measured. */
export function rate(rows: number, seconds: number): string {
  return seconds > 0 ? `${count(rows / seconds)} rows/s` : "–";
}

/** An instant to the second, in UTC. */
export function instant(iso: string): string {
  const time = new Date(iso).toISOString();
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** The day of a point in time given in milliseconds: 2026-01-31. */
export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(items);
}
