import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Failure } from "../../base/failure";
import { places, shown } from "../places";

/** What runs Spark on this machine. */
export interface SparkPlace {
  readonly python: string;
  readonly submit: string;
  /** Java's bin folder goes before the PATH, so that spark-submit finds the same Java. */
  readonly path: string;
  /** Class path of the jars that Spark itself does not have. */
  readonly jars: string;
}

/** Spark 3.5 runs on these (source: Spark 3.5, "Overview"); EMR 7.8.0 has 17. */
const JAVA = [8, 11, 17];

/** The Python that has PySpark: the one that was installed, unless the user names another. */
export function sparkPython(): string {
  return process.env.PLATFORM_SPARK_PYTHON ?? places.sparkPython;
}

/** Lists of jars in requirements/, and what installs them. */
const jarLists = {
  batch: { lists: ["jars.txt"], install: "make install" },
  stream: { lists: ["jars.txt", "jars-stream.txt"], install: "make install-stream" },
} as const;

/**
 * Finds Python with PySpark and a Java for it; says what is missing.
 *
 * @param use what jobs will do with it, which decides the jars
 */
export function findSpark(use: keyof typeof jarLists = "batch"): SparkPlace {
  const python = sparkPython();
  const submit = join(dirname(python), "spark-submit");
  if (!existsSync(submit)) {
    throw new Failure(
      `there is no PySpark beside ${python}`,
      "run `make install`, or set PLATFORM_SPARK_PYTHON to a Python that has pyspark",
    );
  }
  return { python, submit, path: findJava(), jars: findJars(use) };
}

/** The jars that the lists name: one `group:artifact:version sha256:digest` per line. */
function findJars(use: keyof typeof jarLists): string {
  const { lists, install } = jarLists[use];
  const lock = lists.map((list) => readFileSync(join(places.root, "requirements", list), "utf8")).join("\n");
  const names = [...lock.matchAll(/^[^#:]+:([^:]+):(\S+) /gm)].map(
    ([, artifact, version]) => `${artifact}-${version}.jar`,
  );
  const jars = names.map((name) => join(places.jars, name));
  const missing = jars.find((jar) => !existsSync(jar));
  if (missing !== undefined)
    throw new Failure(
      `${shown(missing)} is not there, which Spark needs for ${use === "stream" ? "streams" : "the lake's tables"}`,
      `run \`${install}\``,
    );
  return jars.join(delimiter);
}

function findJava(): string {
  const path = process.env.PATH ?? "";
  const home = process.env.JAVA_HOME;
  // Spark's own scripts start `$JAVA_HOME/bin/java` wherever it is set.
  if (home && !existsSync(join(home, "bin", "java")))
    throw new Failure(
      `JAVA_HOME names ${home}, which has no bin/java`,
      "set JAVA_HOME to a Java 17, or unset it",
    );
  const searched = home ? `${join(home, "bin")}${delimiter}${path}` : path;
  const { stderr, status } = spawnSync("java", ["-version"], {
    env: { ...process.env, PATH: searched },
    encoding: "utf8",
  });
  const version = /version "(?:1\.)?(\d+)/.exec(stderr ?? "")?.[1];
  if (status !== 0 || version === undefined) {
    throw new Failure(
      "there is no Java on the PATH or in JAVA_HOME",
      "install a Java 17 runtime, for instance Temurin or Corretto",
    );
  }
  if (!JAVA.includes(Number(version))) {
    throw new Failure(
      `Java is version ${version}; Spark 3.5 runs on ${JAVA.join(", ")}`,
      "set JAVA_HOME to a Java 17",
    );
  }
  return searched;
}
