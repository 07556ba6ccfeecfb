import { BundleError } from "../../../release";
import { parseSparkConf } from "../../../release/assembly/spark-conf";

test("pairs are separated by white space; comments and empty lines are skipped", () => {
  const text =
    "# how times are kept\n\nspark.sql.session.timeZone   UTC\n  spark.driver.extraJavaOptions\t-Da=1 -Db=2  \r\n";
  expect(parseSparkConf(text, "x.conf")).toEqual({
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.extraJavaOptions": "-Da=1 -Db=2",
  });
});

test("every line that is no pair is told", () => {
  const text = "spark.a 1\nspark.b\nhadoop.c 3\nspark.a 2\nspark.d=4\n";
  expect(() => parseSparkConf(text, "x.conf")).toThrow(
    new BundleError(
      [
        'x.conf:2: "spark.b" is not "spark.<key> <value>"',
        'x.conf:3: "hadoop.c 3" is not "spark.<key> <value>"',
        "x.conf:4: spark.a is set twice",
        'x.conf:5: "spark.d=4" is not "spark.<key> <value>"',
      ].join("\n"),
    ),
  );
});
