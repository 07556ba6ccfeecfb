import { InvalidArgumentError } from "commander";

/** Reads a whole number that is not below `least`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least && number <= most)
      return number;
    const end = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number from ${least}${end}.`);
  };
}

/** Reads one `key=value` of Spark and adds it to those before. */
export function setting(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, key, value] = /^(spark\.[\w.-]+)=(.+)$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new InvalidArgumentError("It must be a setting of Spark, for example spark.driver.memory=6g.");
  return { ...before, [key]: value };
}

/** Reads a day written YYYY-MM-DD. */
export function calendarDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && day.toJSON()?.startsWith(text)) return text;
  throw new InvalidArgumentError("It must be a day of the calendar, written YYYY-MM-DD.");
}

/** Reads a port whose next one is a port, too: brokers and search servers take both. */
export function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65_534) return number;
  throw new InvalidArgumentError("It must be a port from 1 to 65534.");
}
