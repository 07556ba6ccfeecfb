import { join } from "node:path";
import { places } from "../places";
import type { Program } from "../programs/child";
import type { SparkPlace } from "./place";
import { sparkEnvironment } from "./step";

/**
 * A job of the release that ends in order when it is asked to: Python is its first process.
 *
 * Not by spark-submit: its JVM would be the first process, and end before Python has ended its work.
 *
 * @param args the job and its arguments
 */
export function jobProgram(
  place: SparkPlace,
  conf: Readonly<Record<string, string>>,
  args: readonly string[],
  program: Pick<Program, "name" | "log" | "grace" | "installedBy">,
): Program {
  const settings = Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]);
  const submit = ["--master", "local[*]", "--driver-class-path", place.jars, ...settings, "pyspark-shell"];
  return {
    ...program,
    command: place.python,
    args: [join(places.bundle, "main.py"), ...args],
    env: {
      ...sparkEnvironment(place),
      PYTHONPATH: join(places.bundle, "etl.zip"),
      PYSPARK_SUBMIT_ARGS: submit.map(quoted).join(" "),
    },
  };
}

/** One word as Python's `shlex.split` reads it, by which PySpark reads its arguments. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
