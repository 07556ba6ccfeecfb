import { architectureOf } from "../../../config/sections/processing";

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
