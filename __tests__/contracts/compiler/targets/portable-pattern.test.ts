import { isPortable } from "../../../../contracts/compiler/targets/portable-pattern";

test.each([
  "^[0-9a-f]{8}-[0-9a-f]{4}$",
  "^(a|b)?[^x-z]*\\d+$",
  "^\\p{Lu}\\w*$",
  "a\\+b",
  "(?:ab)+(?!c)",
  "[\\[a]",
])("%s means the same in Java and in ECMAScript", (pattern) => {
  expect(isPortable(pattern)).toBe(true);
});

test.each([
  ["\\s", "spaces of Unicode count in ECMAScript alone"],
  ["\\bword", "letters of Unicode count in Java alone"],
  ["\\Aa\\z", "anchors of Java"],
  ["\\Qa.b\\E", "quoting"],
  ["(?i)a", "an inline flag"],
  ["(?<=a)b", "lookbehind, whose length Java limits"],
  ["(?<name>a)", "a named group"],
  ["a++", "a possessive quantifier"],
  ["a{2}+", "a possessive quantifier after a count"],
  ["[a-z&&[^b]]", "an intersection"],
  ["[a[bc]]", "a class in a class"],
  ["\\p{Alpha}", "a property that Java names otherwise"],
  ["a\\-b", "an escape that ECMAScript does not have"],
])("%s does not: %s", (pattern) => {
  expect(isPortable(pattern)).toBe(false);
});
