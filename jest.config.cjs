const { existsSync } = require("node:fs");

// What tests read and whom they reach must not depend on the machine. Workers, and the programs that tests start, inherit this.
// Colours depend on the terminal and on CI.
process.env.NO_COLOR = "1";
// As cli/main.ts has it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
// Servers that tests start are on loopback, where no proxy finds them.
for (const name of ["NO_PROXY", "no_proxy"]) {
  process.env[name] = [process.env[name], "localhost", "127.0.0.1"].filter(Boolean).join(",");
}
// Terraform warns of a CLI configuration that does not exist, in the middle of what tests read.
if (!existsSync(process.env.TF_CLI_CONFIG_FILE ?? "")) delete process.env.TF_CLI_CONFIG_FILE;

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Half of the time goes to processes that tests start and wait for, so that no core need be left alone.
  maxWorkers: "100%",
  // Most take milliseconds; a machine that is slow, or busy, must not decide.
  testTimeout: 60_000,
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/build/", "<rootDir>/cdktf.out/"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
};
