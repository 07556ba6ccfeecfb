import { BundleError } from "../failure";

/**
 * The pairs of a `spark-defaults.conf`: one `key value` per line, separated by white space, `#` starts a comment line.
 * Source: Spark 3.5.4 documentation, "Spark Configuration", "Dynamically Loading Spark Properties".
 *
 * @param file name of the file, for messages
 * @throws BundleError naming the lines that are not a pair, or repeat a key
 */
export function parseSparkConf(text: string, file: string): Record<string, string> {
  const pairs = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [key = "", value = ""] = line.split(/\s+(.*)/s);
    if (!key.startsWith("spark.") || value === "")
      problems.push(`${file}:${index + 1}: "${line}" is not "spark.<key> <value>"`);
    else if (pairs.has(key)) problems.push(`${file}:${index + 1}: ${key} is set twice`);
    else pairs.set(key, value);
  }
  if (problems.length > 0) throw new BundleError(problems.join("\n"), "write one key and its value per line");
  return Object.fromEntries(pairs);
}
