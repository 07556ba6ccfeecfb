import { Failure } from "../../base/failure";
import { reportFailure } from "../../cli/report-failure";

describe("a failure is reported", () => {
  let printed: string;

  beforeEach(() => {
    printed = "";
    jest.spyOn(console, "error").mockImplementation((line) => {
      printed += `${line}\n`;
    });
  });

  afterEach(() => jest.restoreAllMocks());

  test.each([
    [{ code: "ENOSPC", syscall: "write" }, "a file cannot be written: the disk is full"],
    [{ code: "ENOSPC", path: "/x/y", syscall: "open" }, "/x/y: cannot be written: the disk is full"],
    [
      { code: "EDQUOT", syscall: "copyfile", path: "/a", dest: "/b" },
      "/b: cannot be written: the disk quota",
    ],
  ])("with place, reason and remedy: %j", (fields, message) => {
    expect(reportFailure(Object.assign(new Error("ENOSPC: no space left"), fields))).toBe(1);
    expect(printed).toContain(`✗ ${message}`);
    expect(printed).toContain("\n  → free some space, or choose another folder\n");
  });

  test("as it is when the system did not cause it", () => {
    expect(reportFailure(new Failure("no", "yes", 3))).toBe(3);
    expect(printed).toMatch(/✗\S* no\n {2}→ yes\n/);
  });
});
