/**
 * Constructs that mean something else in Java, or nothing in ECMAScript: `\s`, `\b` and their like, quoting, Java's
 * anchors, inline flags, lookbehind and named groups, possessive quantifiers, intersections and classes in classes.
 * Sources: Java 17 API, `java.util.regex.Pattern`; ECMA-262, "Patterns".
 */
const DIFFERENT = [
  /\\[sSbBhHvVRXGAZzQEkaex0]/,
  /\\p\{(?!(?:L|Lu|Ll|N|Nd|P)\})/i,
  /\(\?(?![:=!])/,
  /[*+?}]\+/,
  /&&/,
  /\[[^\]\\]*(?:\\.[^\]\\]*)*\[/,
];

/**
 * Returns whether a regular expression means the same in Java and ECMAScript, apart from line ends: `$` of Java also
 * stands before a last line feed, and `.` of ECMAScript does not match a carriage return.
 */
export function isPortable(pattern: string): boolean {
  if (DIFFERENT.some((construct) => construct.test(pattern))) return false;
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}
