const folders = [
  "base",
  "config",
  "contracts",
  "stacks",
  "modules",
  "policies",
  "certificates",
  "release",
  "report",
  "review",
  "markup",
  "cli",
];
const ours = `^(main\\.ts|(${folders.join("|")})/)`;

/** Names of folders, files, columns and limits: data that every folder but `base` and `markup` may read. */
const layout = "^contracts/layout\\.(ts|json)$";

/** Lets the files under `from` import only those of ours that `to` names, and one another. */
const only = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from },
  to: { path: ours, pathNot: [from, ...to] },
});

/** Lets the files under `from` import only the types of those under `to`. */
const typesOnly = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from },
  to: { path: to, dependencyTypesNot: ["type-only"] },
});

/** Modules that other modules are made of: the network, and what every service needs of its own. */
const buildingBlocks = "^modules/(vpc|subnets|private-sg|endpoints|iam|kms|storage)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-folder-cycles",
      comment: "Inside a folder imports run one way, too.",
      scope: "folder",
      severity: "error",
      from: {},
      to: { circular: true },
    },
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
    {
      name: "no-python-sources",
      comment:
        "The jobs and the DAGs are packed by release/, which reads them as files; a test looks for others that do.",
      severity: "error",
      from: {},
      to: { path: "^(etl|dags)/" },
    },
    only("main-places-stacks", "^main\\.ts$", ["^(base|config|contracts|stacks)/"]),
    only("base-stands-alone", "^base/", []),
    only("config-uses-base", "^config/", ["^base/"]),
    only("contracts-use-base", "^contracts/", ["^base/"]),
    only("policies-use-base", "^policies/", ["^base/", layout]),
    only("certificates-use-base", "^certificates/", ["^base/"]),
    only("markup-stands-alone", "^markup/", []),
    only("report-writes-markup", "^report/", ["^(base|contracts|markup)/"]),
    only("review-writes-markup", "^review/", ["^(base|contracts|markup)/"]),
    only("release-packs-contracts", "^release/", ["^(base|config|contracts)/"]),
    only("modules-use-policies", "^modules/", ["^(base|policies)/", layout]),
    only("stacks-compose-modules", "^stacks/", ["^(base|config|contracts|modules|policies)/"]),
    typesOnly("stacks-take-types-of-config", "^stacks/", "^config/"),
    {
      name: "modules-stand-beside-each-other",
      comment:
        "A service's module uses its own folder and the building blocks; stacks put services together.",
      severity: "error",
      from: { path: "^modules/([^/]+)/" },
      to: { path: "^modules/", pathNot: ["^modules/$1/", buildingBlocks] },
    },
    {
      name: "stacks-know-facts-only",
      comment: "A stack knows other stacks by their facts, and core knows no stack.",
      severity: "error",
      from: { path: "^stacks/([^/]+)/" },
      to: {
        path: "^stacks/",
        pathNot: ["^stacks/$1/", "^stacks/(core/|capability\\.ts$)", "^stacks/[^/]+/facts\\.ts$"],
      },
    },
    {
      name: "core-knows-no-stack",
      severity: "error",
      from: { path: "^stacks/core/" },
      to: { path: "^stacks/", pathNot: "^stacks/core/" },
    },
    {
      name: "command-line-makes-no-resources",
      comment: "The command line synthesizes through main.ts.",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^modules/" },
    },
    {
      name: "nobody-imports-the-command-line",
      severity: "error",
      from: { path: ours, pathNot: "^cli/" },
      to: { path: "^cli/" },
    },
    only("sections-use-the-schema", "^config/sections/", [
      "^base/",
      "^config/(catalogue|schema)/",
      "^config/(rule|problems|arn-partition)\\.ts$",
    ]),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|cdktf\\.out)/" },
  },
};
