import { arrivalsOf, commitsOf, lagPerStep, latency, perStep, stepsOf } from "../../../report/stream/series";
import { entry, NOON, stream } from "./fixture";

const { entries } = stream;

describe("the series of a stream", () => {
  test("cover the time from the first arrival to the last commit, in few steps", () => {
    expect(stepsOf(entries)).toEqual({ from: NOON * 1000, width: 1, count: 21 });
    const hours = stepsOf([...entries, entry(3, "orders", 7200, 7100)]);
    expect(hours).toMatchObject({ width: 120, count: 61 });
    expect(hours.from % (120 * 1000)).toBe(0);
  });

  test("count every record once, as it arrives and as it is committed", () => {
    const steps = stepsOf(entries);
    const arrived = perStep(steps, arrivalsOf(entries));
    expect(arrived.slice(0, 4)).toEqual([60, 40, 60, 40]);
    expect(arrived.reduce((sum, records) => sum + records)).toBe(300);
    const committed = perStep(steps, commitsOf(entries));
    expect([committed[5], committed[10], committed[20]]).toEqual([100, 100, 100]);
    expect(committed.reduce((sum, records) => sum + records)).toBe(300);
  });

  test("have a lag of what arrived and is in no commit, which ends at nothing", () => {
    const lag = lagPerStep(stepsOf(entries), entries);
    expect([lag[0], lag[3], lag[5], lag[10], lag[13]]).toEqual([60, 200, 100, 0, 100]);
    expect(lag.at(-1)).toBe(0);
  });

  test("have a latency that is weighted by records", () => {
    expect(latency([entry(1, "orders", 5, 0)], 0.4)).toBe(4);
    expect(latency([entry(1, "orders", 5, 0)], 0.41)).toBe(5);
    expect(latency(entries, 1)).toBe(8);
    expect(latency([], 0.5)).toBeUndefined();
  });
});
