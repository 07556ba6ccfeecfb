import { setTimeout as sleep } from "node:timers/promises";
import { each } from "../../../release/publish/each";
import type { Progress } from "../../../release/publish/progress";

const items = Array.from({ length: 100 }, (_, index) => index);

test("results are in the order of the items, and at most thirty-two are under way at once", async () => {
  const heard: Progress[] = [];
  let underWay = 0;
  let most = 0;
  const results = await each(
    "upload",
    items,
    (progress) => heard.push(progress),
    async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(item % 7);
      underWay -= 1;
      return item * 2;
    },
  );
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(32);
  expect(heard.map(({ done }) => done)).toEqual([0, ...items.map((item) => item + 1)]);
});

test("after a failure nothing new is started, and what is under way is waited for", async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const work = each(
    "upload",
    items,
    () => undefined,
    async (item) => {
      started.push(item);
      await sleep(item === 3 ? 5 : 50);
      if (item === 3) throw new Error("three");
      ended.push(item);
    },
  );
  await expect(work).rejects.toThrow("three");
  expect(started).toHaveLength(32);
  expect(ended).toHaveLength(31);
  await sleep(100);
  expect(started).toHaveLength(32);
});
