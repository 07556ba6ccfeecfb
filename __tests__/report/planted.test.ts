import { plantedReasons } from "../../report/planted";
import { published } from "./fixture";

test("what was planted is known by dataset", () => {
  expect([...(plantedReasons(published.planted, "customers") ?? [])]).toEqual([
    ["email.pattern", 260],
    ["country.allowed", 240],
  ]);
});

test.each([
  ["a batch that is not synthetic", null],
  ["a dataset the generator does not know", { datasets: {} }],
  ["another shape", { datasets: { customers: 7 } }],
])("nothing is known of %s", (_, planted) => {
  expect(plantedReasons(planted, "customers")).toBeUndefined();
});
