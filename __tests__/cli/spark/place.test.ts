import { existsSync } from "node:fs";
import { places } from "../../../cli/places";
import { findSpark } from "../../../cli/spark/place";

test("Spark gets the jars that the lock names", () => {
  const { jars } = findSpark();
  expect(jars).toMatch(/iceberg-spark-runtime-3\.5_2\.12-[\d.]+\.jar$/);
  expect(existsSync(jars)).toBe(true);
});

test("a jar that is not installed is told before Spark starts", () => {
  jest.replaceProperty(places as { jars: string }, "jars", "/nowhere");
  expect(() => findSpark()).toThrow(
    /nowhere\/iceberg-spark-runtime-3\.5_2\.12-[\d.]+\.jar is not there, which Spark needs for the lake's tables/,
  );
  jest.restoreAllMocks();
});

test("a JAVA_HOME without a Java is told before Spark starts", () => {
  const { JAVA_HOME } = process.env;
  process.env.JAVA_HOME = "/nowhere";
  try {
    expect(() => findSpark()).toThrow("JAVA_HOME names /nowhere, which has no bin/java");
  } finally {
    if (JAVA_HOME === undefined) delete process.env.JAVA_HOME;
    else process.env.JAVA_HOME = JAVA_HOME;
  }
});
