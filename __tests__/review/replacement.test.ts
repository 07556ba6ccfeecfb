import { forcingAttributes, holdingOf } from "../../review/replacement";
import { protectedTypes } from "../../stacks/core/protected";

test("a review names what is lost with every type that an apply protects", () => {
  expect(protectedTypes.size).toBeGreaterThan(8);
  expect([...protectedTypes].filter((type) => holdingOf(type) === undefined)).toEqual([]);
});

test("types that can be made again as they were hold nothing", () => {
  expect(holdingOf("aws_route")).toBeUndefined();
  expect(forcingAttributes("aws_route")).toContain("route_table_id");
});
