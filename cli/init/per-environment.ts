import type { Question } from "./questions";

/** Options that can be given once for all environments, and once more for each: `small`, `prod=large`. */
export type PerEnvironment = Readonly<Record<string, readonly string[] | undefined>>;

/** What is said of one environment: what names it, or else what names none. */
export function saidOf(options: PerEnvironment, environment: string, { key }: Question): string | undefined {
  const all = options[key] ?? [];
  const named = all.find((one) => one.startsWith(`${environment}=`));
  return named?.slice(environment.length + 1) ?? all.find((one) => !one.includes("="));
}

/** The options that name an environment which there is not. */
export function strangers(options: PerEnvironment, environments: readonly string[]): string[] {
  return Object.entries(options).flatMap(([key, values = []]) =>
    values
      .filter((value) => value.includes("=") && !environments.includes(value.slice(0, value.indexOf("="))))
      .map((value) => `--${key} "${value}" names no environment; there are ${environments.join(", ")}`),
  );
}
