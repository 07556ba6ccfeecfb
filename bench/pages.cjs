// Times pages of the application in a real Chromium: `node pages.cjs '{"urls": {…}, "runs": …}'`.
// Prints for each page the milliseconds from its address to its last element, first visit first.
const { chromium } = require("playwright-core");

/** Debian's place for it; CHROMIUM names another. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Milliseconds. */
const PATIENCE = 240_000;

/** What Streamlit shows while a page is being drawn. */
const isDrawn = `!document.querySelector('[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-stale="true"]')
  && document.querySelector("h1") !== null`;

async function visit(browser, url) {
  // A context of its own, so that nothing is in the browser's cache.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const began = performance.now();
  await page.goto(url);
  await page.waitForFunction(isDrawn);
  for (const chart of await page.locator('[data-testid="stVegaLiteChart"]').all())
    await chart.locator("canvas, svg").first().waitFor();
  const milliseconds = performance.now() - began;
  await context.close();
  return milliseconds;
}

async function main() {
  const { urls, runs } = JSON.parse(process.argv[2]);
  // Without its sandbox, since it may run as root; it opens our own pages alone.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found = Object.fromEntries(Object.keys(urls).map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1)
    for (const [name, url] of Object.entries(urls)) found[name].push(await visit(browser, url));
  await browser.close();
  console.log(JSON.stringify(found));
}

main();
