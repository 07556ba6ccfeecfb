import { runPlatform } from "../platform-process";

/** What the command says before an OpenSearch answers; tests/services/explore asks one. */
describe("search", () => {
  test.each(["0", "10001", "many"])("refuses a size of %s with its bounds", async (size) => {
    const { code, output } = await runPlatform(["search", "rain", "--size", size]);
    expect(output).toContain("It must be a whole number from 1 to 10000.");
    expect(code).toBe(1);
  });

  test("takes words that begin with - after --", async () => {
    const { output } = await runPlatform(["search", "--url", "http://127.0.0.1:1", "--", "-rain"]);
    expect(output).toContain("http://127.0.0.1:1: search does not answer");
  });
});
