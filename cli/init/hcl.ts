/** A value of an `.tfvars` file. */
type Literal = string | number | boolean | readonly string[];

/** A key and its value, or a map of further ones. */
export interface Entry {
  readonly key: string;
  readonly value: Literal | readonly Entry[];
  /** A comment in the line above. */
  readonly why?: string;
}

export function entry(key: string, value: Literal, why?: string): Entry {
  return { key, value, ...(why === undefined ? {} : { why }) };
}

/** A map. */
export function section(key: string, value: readonly Entry[], why?: string): Entry {
  return { key, value, ...(why === undefined ? {} : { why }) };
}

/** Entries as `terraform fmt` would write them: the equals signs of neighbouring lines below each other. */
export function formatEntries(entries: readonly Entry[], indent = ""): string {
  return entries
    .map((one, index) => {
      const { key, value, why } = one;
      if (isMap(value)) {
        const above = index === 0 ? "" : "\n";
        return `${above}${commented(why, indent)}${indent}${key} = {\n${formatEntries(value, `${indent}  `)}\n${indent}}`;
      }
      return `${commented(why, indent)}${indent}${key.padEnd(widthAt(entries, index))} = ${literal(value)}`;
    })
    .join("\n");
}

/** The longest key of the lines without a comment or map between them. */
function widthAt(entries: readonly Entry[], index: number): number {
  let first = index;
  while (first > 0 && entries[first]?.why === undefined && !isMap(entries[first - 1]?.value)) first -= 1;
  const rest = entries.slice(index + 1);
  const end = rest.findIndex(({ value, why }) => why !== undefined || isMap(value));
  const last = end < 0 ? entries.length : index + 1 + end;
  return Math.max(...entries.slice(first, last).map(({ key }) => key.length));
}

function commented(why: string | undefined, indent: string): string {
  return why === undefined ? "" : `${indent}# ${why}\n`;
}

function isMap(value: Entry["value"] | undefined): value is readonly Entry[] {
  return Array.isArray(value) && value.some((item) => typeof item === "object");
}

/** HCL reads `${` and `%{` inside quotes as the beginning of an expression, unless they are doubled. */
function literal(value: Literal): string {
  return typeof value === "object"
    ? `[${value.map(literal).join(", ")}]`
    : JSON.stringify(value).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
