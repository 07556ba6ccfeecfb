import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../config";
import { createProgram } from "../main";
import { places } from "../places";
import { synthesizeAll } from "../synth";
import { renderBilled } from "./billed-page";
import { renderCommands } from "./commands-page";

/** The page of the environments that are committed. */
async function billedPage(): Promise<string> {
  const configs = await loadEnvironments(places.environments);
  const outdir = mkdtempSync(join(tmpdir(), "billed-"));
  try {
    return renderBilled(configs, await synthesizeAll(configs, outdir));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const pages: Readonly<Record<string, () => Promise<string>>> = {
  commands: async () => renderCommands(createProgram()),
  billed: billedPage,
};

async function write(page: string): Promise<void> {
  const render = pages[page];
  if (render === undefined) throw new Error(`no page is called ${page}: ${Object.keys(pages).join(", ")}`);
  writeFileSync(join(places.root, "docs", `${page}.md`), await render());
}

write(process.argv[2] ?? "").catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
