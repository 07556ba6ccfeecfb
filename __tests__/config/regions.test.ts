import { partitionOf } from "../../config";
import { regions } from "../../config/catalogue/regions";

test.each([
  ["eu-north-1", "aws"],
  ["cn-northwest-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["eusc-de-east-1", "aws-eusc"],
])("%s is in partition %s", (region, partition) => expect(partitionOf(region)).toBe(partition));

test("the known regions have the form of one, and none is listed twice", () => {
  expect(regions.length).toBeGreaterThan(30);
  expect(new Set(regions).size).toBe(regions.length);
  expect(
    regions.filter((region) => !/^(?:[a-z]{2}|eusc)(?:-gov|-[a-z]{2})?-[a-z]+-\d$/.test(region)),
  ).toEqual([]);
});
