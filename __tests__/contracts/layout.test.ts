import {
  exitCodes,
  layout,
  partitionFolder,
  prefixOf,
  recordKey,
  steps,
  zones,
} from "../../contracts/layout";

test("each pointer lies in a folder of the layout", () => {
  const { published, release } = layout.pointers;
  expect(published.key.startsWith(prefixOf("published"))).toBe(true);
  expect(release.key.startsWith(`${layout.release.jobs.name}/`)).toBe(true);
  expect(layout.release.releases.name.startsWith(`${layout.release.jobs.name}/`)).toBe(true);
});

test("jobs write every zone but that of the raw files", () => {
  const written = zones.filter(({ written_by }) => written_by === "jobs").map(({ folder }) => folder);
  expect(written).toEqual(["staged", "curated", "quarantine", "marts", "runs", "published"]);
});

test("a run has three steps, in their order", () => {
  expect(steps).toEqual(["ingest", "curate", "marts"]);
});

test("no two zones, columns or exit codes are the same", () => {
  const columns = Object.values(layout.ingest_columns).map(({ name }) => name);
  const folders = zones.map(({ folder }) => folder);
  for (const values of [folders, columns, Object.values(exitCodes).map(String)])
    expect(new Set(values).size).toBe(values.length);
});

test("columns that ingest adds cannot be columns of a contract", () => {
  const columnName = new RegExp(`^${layout.patterns.table_name.pattern}$`);
  for (const { name } of Object.values(layout.ingest_columns)) expect(name).not.toMatch(columnName);
});

test("folders and keys are composed as the jobs write them", () => {
  expect(partitionFolder("run_date", "2025-03-08")).toBe("run_date=2025-03-08");
  expect(recordKey("local-1", "results")).toBe("runs/run=local-1/results.json");
});
