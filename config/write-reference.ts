import { writeFileSync } from "node:fs";
import { renderReference } from "./reference";

writeFileSync("docs/configuration.md", renderReference());
