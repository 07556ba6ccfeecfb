// Colours depend on the terminal and on CI; what tests read must not.
process.env.NO_COLOR = "1";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Half of the time goes to processes that tests start and wait for, so that no core need be left alone.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/build/", "<rootDir>/cdktf.out/"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
};
