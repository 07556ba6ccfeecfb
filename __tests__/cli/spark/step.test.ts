import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runSparkStep } from "../../../cli/spark/step";
import { SparkDouble } from "../spark-double";

describe("a step of Spark", () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "step-"));
    jest.spyOn(process.stdout, "write").mockReturnValue(true);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(home, { recursive: true, force: true });
  });

  test("a full disk ends it with the log's path", async () => {
    const environment = { ...process.env };
    Object.assign(process.env, new SparkDouble(home).environment());
    try {
      const place = {
        ...{ python: join(home, "bin", "python"), submit: join(home, "bin", "spark-submit") },
        ...{ path: process.env.PATH ?? "", jars: "" },
      };
      const step = { job: "infer", args: ["--output", join(home, "seen.json")], conf: {}, log: "/dev/full" };
      await expect(runSparkStep(place, step)).rejects.toMatchObject({
        message: "/dev/full: cannot be written: the disk is full",
        remedy: "free some space, or choose another folder",
      });
    } finally {
      process.env = environment;
    }
  });
});
