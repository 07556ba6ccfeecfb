// Gives the schema stand-in back what it lost: the argument `description`, which fell away with the schema's own
// descriptions. Which resources have one, and whether they demand it, say the bindings generated from the same schema.
//   node .ci/describe-schema.cjs <schema.json.gz> <to>
"use strict";
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { gunzipSync, gzipSync } = require("node:zlib");

const [from, to] = process.argv.slice(2);
const bindings = join(dirname(__dirname), "node_modules", "@cdktf", "provider-aws", "lib");
const schema = JSON.parse(gunzipSync(readFileSync(from)));
let described = 0;
for (const [type, { block }] of Object.entries(schema.resource_schemas)) {
  const file = join(bindings, type.replace(/^aws_/, "").replaceAll("_", "-"), "index.d.ts");
  if (!existsSync(file)) continue;
  const config = readFileSync(file, "utf8").match(/export interface \w+Config extends[^{]*\{([\s\S]*?)\n\}/);
  const found = config?.[1].match(/readonly description(\??): string;/);
  if (!found) continue;
  block.attributes.description = { type: "string", [found[1] ? "optional" : "required"]: true };
  described += 1;
}
if (described === 0)
  throw new Error(`no resource of ${bindings} has a description: the bindings have changed`);
writeFileSync(to, gzipSync(JSON.stringify(schema)));
