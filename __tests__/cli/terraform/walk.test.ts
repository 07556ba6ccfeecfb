import { Failure } from "../../../base/failure";
import { conclude, type Outcome, type Step, walk } from "../../../cli/terraform/walk";

describe("a walk", () => {
  let printed: string;

  beforeEach(() => {
    printed = "";
    jest.spyOn(console, "log").mockImplementation((line) => {
      printed += `${line}\n`;
    });
  });

  afterEach(() => jest.restoreAllMocks());

  const step = (name: string, run: () => Promise<Outcome>): Step => ({ name, run });
  const applied = async (): Promise<Outcome> => ({ word: "applied", detail: "1 added" });

  test("takes every step in order", async () => {
    const walked = await walk([step("a", applied), step("b", applied)]);
    conclude(walked);
    expect(walked.rows.map(({ name, word }) => [name, word])).toEqual([
      ["a", "applied"],
      ["b", "applied"],
    ]);
    expect(printed).toMatch(/^stack +result +seconds +detail$/m);
  });

  test("stops at the first failure, says what was not reached, and passes the failure on", async () => {
    const failure = new Failure("b broke\nwith details", "mend it");
    const never = jest.fn(applied);
    const walked = await walk([
      step("a", applied),
      step("b", () => Promise.reject(failure)),
      step("c", never),
    ]);
    expect(() => conclude(walked)).toThrow(failure);
    expect(never).not.toHaveBeenCalled();
    expect(printed).toMatch(/^a +applied +\d+\.\d +1 added$/m);
    expect(printed).toMatch(/^b +failed +\d+\.\d +b broke$/m);
    expect(printed).toMatch(/^c +not reached$/m);
  });

  test("stops when the user declines", async () => {
    const declined = async (): Promise<Outcome> => ({ word: "declined", detail: "" });
    const walked = await walk([step("a", declined), step("b", applied)]);
    expect(walked.rows.map(({ word }) => word)).toEqual(["declined", "not reached"]);
    expect(() => conclude(walked)).toThrow("stopped: you declined");
  });
});
