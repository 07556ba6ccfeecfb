import { architectureOf, processingOf, processingSchema } from "../../../config/sections/processing";

test.each([
  "m6g.xlarge",
  "m7gd.2xlarge",
  "c6gn.4xlarge",
  "r8g.xlarge",
  "x2gd.xlarge",
  "im4gn.2xlarge",
  "is4gen.xlarge",
])("%s is arm64", (type) => expect(architectureOf(type)).toBe("arm64"));

test.each([
  "m5.xlarge",
  "m6i.xlarge",
  "g4dn.xlarge",
  "g5.2xlarge",
  "r5a.4xlarge",
  "i3en.xlarge",
  "c7a.xlarge",
])("%s is x86_64", (type) => expect(architectureOf(type)).toBe("x86_64"));

test.each([
  [{ core_on_demand_units: 0, core_spot_units: 2 }, 0],
  [{ core_on_demand_units: 1, core_spot_units: 3 }, 1],
  [{ core_on_demand_units: 2, core_spot_units: 0 }, 6],
  [{ core_on_demand_units: 1, core_spot_units: 3, maximum_on_demand_units: 4 }, 4],
])("a cluster of %j grows to %i nodes on demand", (units, most) => {
  const file = processingSchema.parse({ ...units, maximum_units: 6 });
  expect(processingOf(file).maximum_on_demand_units).toBe(most);
});
