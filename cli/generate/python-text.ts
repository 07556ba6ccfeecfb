/** Columns that ruff formats Python to. */
const WIDTH = 110;

/** Returns the docstring that begins a generated module, and says what to change instead of it. */
export function moduleDocstring(summary: string, source: string): string {
  return `"""${summary}\n\nGenerated from ${source} by \`npm run generate\`.\n"""\n`;
}

/** Returns a text as comment lines that documentation tools attach to the next name. */
export function documentation(text: string, indent = ""): string[] {
  return wrapped(sentence(text), `${indent}#: `, WIDTH);
}

/** Returns a docstring of one class or function, wrapped. */
export function docstring(text: string, indent: string): string[] {
  const whole = `${indent}"""${sentence(text)}"""`;
  if (whole.length <= WIDTH) return [whole];
  const [first = "", ...rest] = wrapped(sentence(text), indent, WIDTH - 3);
  return [`${indent}"""${first.slice(indent.length)}`, ...rest, `${indent}"""`];
}

/** Returns a JSON value as Python writes it. */
export function literal(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(literal).join(", ")}${value.length === 1 ? "," : ""})`;
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  throw new TypeError(
    `${JSON.stringify(value)} has no Python literal here: use a text, number, boolean or list`,
  );
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

function wrapped(text: string, start: string, width: number): string[] {
  const lines: string[] = [];
  let line = start.trimEnd();
  for (const word of text.split(/\s+/)) {
    const longer = line === start.trimEnd() ? `${start}${word}` : `${line} ${word}`;
    if (longer.length > width && line !== start.trimEnd()) {
      lines.push(line);
      line = `${start}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
