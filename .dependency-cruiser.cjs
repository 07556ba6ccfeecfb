const ours =
  "^(main\\.ts|base|config|contracts|stacks|modules|policies|cli|release|report|review|markup|certificates)";

/** Lets the files under `from` import only those of ours that `to` names. */
const only = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from },
  to: { path: ours, pathNot: [from, ...to] },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: "\\.d\\.ts$" }, to: {} },
    {
      name: "no-provider-barrel",
      comment: "The barrel of the provider costs seconds and hundreds of megabytes: import its subpaths.",
      severity: "error",
      from: {},
      to: { path: "node_modules/@cdktf/provider-aws/lib/index\\.(d\\.ts|js)$" },
    },
    {
      name: "no-unlisted-packages",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"], pathNot: "@types" },
    },
    only("config-uses-base", "^config/", ["^base/"]),
    only("policies-use-base", "^policies/", ["^base/"]),
    only("markup-stands-alone", "^markup/", []),
    only("report-writes-markup", "^report/", ["^base/", "^markup/"]),
    only("review-writes-markup", "^review/", ["^base/", "^markup/"]),
    only("certificates-use-base", "^certificates/", ["^base/"]),
    only("modules-use-policies", "^modules/", ["^policies/"]),
    only("stacks-compose-modules", "^stacks/", [
      "^modules/",
      "^policies/",
      "^config/",
      "^contracts/",
      "^base/",
    ]),
    only("base-stands-alone", "^base/", []),
    only("contracts-use-base", "^contracts/", ["^base/"]),
    only("release-packs-contracts", "^release/", ["^base/", "^config/", "^contracts/"]),
    only("main-places-stacks", "^main\\.ts$", ["^base/", "^config/", "^contracts/", "^stacks/"]),
    {
      name: "stacks-take-types-of-config-and-contracts",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(config|contracts)/", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|cdktf\\.out)/" },
  },
};
