const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** Parts of a datetime pattern that have fewer values than digits. */
const PARTS: Readonly<Record<string, string>> = {
  d: "([1-9]|[12][0-9]|3[01])",
  dd: "(0[1-9]|[12][0-9]|3[01])",
  M: "([1-9]|1[0-2])",
  MM: "(0[1-9]|1[0-2])",
  MMM: `(${MONTHS.map((month) => month.slice(0, 3)).join("|")})`,
  MMMM: `(${MONTHS.join("|")})`,
  HH: "([01][0-9]|2[0-3])",
  mm: "[0-5][0-9]",
  ss: "[0-5][0-9]",
};

/**
 * Returns the regular expression, without anchors, of the texts that a datetime pattern of Spark writes: `yyyy-MM` is
 * four digits and a month. Days that a month does not have match, too.
 */
export function datetimePattern(format: string): string {
  const tokens = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g) ?? [];
  return tokens.map(patternOf).join("");
}

function patternOf(token: string): string {
  if (token.startsWith("'")) return escaped(token.slice(1, -1));
  return PARTS[token] ?? (/^[A-Za-z]/.test(token) ? `[0-9]{${token.length}}` : escaped(token));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
