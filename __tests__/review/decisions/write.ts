import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { committed, merged, settableArguments } from "./arguments";

// Adds what the provider's schema has and no decision is about, and drops what the schema no longer has.
const file = join(process.cwd(), "review", "decisions", "aws.json");
writeFileSync(file, `${JSON.stringify(merged(committed, settableArguments(process.cwd())), null, 2)}\n`);
