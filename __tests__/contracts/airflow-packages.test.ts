import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../base/repository";
import { readAirflowPackages } from "../../contracts/airflow-packages";

describe("the packages of Airflow", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "packages-"));
    cpSync(join(repositoryRoot(), "requirements"), join(root, "requirements"), { recursive: true });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  test("are installed from the unpacked plugins alone, under Airflow's constraints", () => {
    const lines = readAirflowPackages(root).requirements.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "--find-links /usr/local/airflow/plugins",
      "--no-index",
      '--constraint "/usr/local/airflow/plugins/constraints.txt"',
    ]);
    const pins = lines.slice(3, -1);
    expect(pins).toContain("pg8000==1.31.5");
    expect(pins.filter((pin) => !/^[a-z0-9-]+==[\w.]+$/.test(pin))).toEqual([]);
  });

  test("have keys that name their content", () => {
    const { digest, keys } = readAirflowPackages(root);
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(keys).toEqual({
      plugins: `airflow/${digest}/plugins.zip`,
      requirements: `airflow/${digest}/requirements.txt`,
    });
    expect(readAirflowPackages(root).digest).toBe(digest);
  });

  test.each(["mwaa.in", "mwaa.txt", "mwaa-3.0.6-constraints.txt"])(
    "have other keys when %s changes",
    (name) => {
      const { digest } = readAirflowPackages(root);
      const file = join(root, "requirements", name);
      writeFileSync(file, `${readFileSync(file, "utf8")}another==1\n`);
      expect(readAirflowPackages(root).digest).not.toBe(digest);
    },
  );
});
