import { documentation, literal, moduleDocstring } from "./python-text";

/** A constant of a Python module. */
export interface Constant {
  readonly value: string | number | readonly (readonly string[])[];
  readonly description: string;
}

export interface ConstantsModule {
  /** First line of the module's docstring. */
  readonly summary: string;
  /** File that the values come from. */
  readonly source: string;
  /** By name, in their order. */
  readonly constants: Readonly<Record<string, Constant>>;
}

/** Returns a Python module of typed constants, formatted as ruff formats it. */
export function constantsModule({ summary, source, constants }: ConstantsModule): string {
  const lines = Object.entries(constants).flatMap(([name, { value, description }]) => [
    ...documentation(description),
    ...assignment(name, value),
  ]);
  const imports = "from __future__ import annotations\n\nfrom typing import Final\n";
  return `${moduleDocstring(summary, source)}\n${imports}\n${lines.join("\n")}\n`;
}

function assignment(name: string, value: Constant["value"]): string[] {
  if (!Array.isArray(value)) return [`${name}: Final = ${literal(value)}`];
  return [`${name}: Final = (`, ...value.map((item) => `    ${literal(item)},`), ")"];
}
