import { jobArguments } from "../../../cli/stream/job";

describe("options of the streaming job", () => {
  const folders = { lake: "/lake", checkpoint: "/checkpoint" };
  const job = { bootstrap: "127.0.0.1:9092", datasets: ["orders", "web_events"] };

  test("run it until it is stopped, and end it when records are lost", () => {
    expect(jobArguments(folders, job).join(" ")).toBe(
      "--bootstrap 127.0.0.1:9092 --datasets orders,web_events --output /lake --checkpoint /checkpoint",
    );
  });

  test("close a day at the end of the topics", () => {
    expect(jobArguments(folders, { ...job, close: "2026-03-01" }).slice(-3)).toEqual([
      "--available-now",
      "--close",
      "2026-03-01",
    ]);
  });

  test("accept the loss of records", () => {
    expect(jobArguments(folders, { ...job, acceptLoss: true })).toContain("--accept-loss");
  });

  test("bring live rows into a server", () => {
    const url = "http://127.0.0.1:9200";
    expect(jobArguments(folders, { ...job, searchUrl: url }).slice(-2)).toEqual(["--search", url]);
  });
});
