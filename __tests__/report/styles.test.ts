import { styles } from "../../report/styles";

/** The colours of a theme by name, from its block of variables. */
function themeOf(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  );
}

/** Relative luminance (source: WCAG 2.2, "relative luminance"). */
function luminance(color: string): number {
  const digits = color.slice(1);
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((start) => Number.parseInt(full.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = "", other = ""): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const blocks = styles.match(/:root \{[^}]*\}/g) ?? [];
const themes = { light: themeOf(blocks[0] ?? ""), dark: themeOf(blocks[1] ?? "") };

test("both themes name the same colours", () => {
  expect(blocks).toHaveLength(2);
  expect(Object.keys(themes.light)).toHaveLength(17);
  expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.light));
});

describe.each(Object.entries(themes))("in the %s theme", (_, theme) => {
  test.each([
    ["ink", "surface"],
    ["ink", "fail-soft"],
    ["ink", "page"],
    ["muted", "surface"],
    ["muted", "page"],
    ["accent", "page"],
    ["pass", "surface"],
    ["pass", "pass-soft"],
    ["fail", "surface"],
    ["fail", "fail-soft"],
    ["warn", "surface"],
  ])("%s is readable on %s (WCAG 2.2, 1.4.3)", (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["accent", "inserted", "updated", "superseded", "quarantined"])(
    "a bar in %s stands out from the page (WCAG 2.2, 1.4.11)",
    (color) => expect(contrast(theme[color], theme.surface)).toBeGreaterThanOrEqual(3),
  );
});

test("every colour used is a colour defined", () => {
  const used = new Set([...styles.matchAll(/var\(--([a-z-]+)\)/g)].map(([, name]) => name));
  expect([...used].filter((name) => name !== "edge" && themes.light[name ?? ""] === undefined)).toEqual([]);
});
