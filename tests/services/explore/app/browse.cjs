// Opens pages of the application in a real Chromium: `node browse.cjs '{"url": …, "pages": […], "shots": …}'`.
// Prints for each page and window what axe-core found, how wide the page is, and what the browser complained about.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");

/** Debian's place for it; CHROMIUM names another. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
/** Milliseconds: a page asks its tables while it is drawn. */
const PATIENCE = 240_000;

/** What Streamlit shows while a page is being drawn. */
const isDrawn = `!document.querySelector('[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-stale="true"]')
  && document.querySelector("h1") !== null`;

async function look(browser, { url, shots }, name, { width, height, scheme }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints = [];
  const elsewhere = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && to.host !== new URL(url).host) elsewhere.push(to.href);
  });
  await page.goto(`${url}/${name === "freshness" ? "" : name}`);
  await page.waitForFunction(isDrawn);
  // Charts are drawn after the page.
  for (const chart of await page.locator('[data-testid="stVegaLiteChart"]').all())
    await chart.locator("canvas, svg").first().waitFor();
  if (shots !== undefined)
    await page.screenshot({ path: join(shots, `explore-${name.split("?")[0]}-${width}.png`) });
  await page.keyboard.press("Tab");
  const focused = await page.evaluate("document.activeElement !== document.body");
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate("axe.run()");
  const found = {
    ...{ page: name.split("?")[0], width, scheme, complaints, elsewhere, focused },
    navigation: await page.locator('[data-testid="stSidebarNavLink"]').allTextContents(),
    title: await page.locator("h1").first().innerText(),
    background: await page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"),
    scrollWidth: await page.evaluate("document.documentElement.scrollWidth"),
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    passes: passes.map(({ id }) => id),
  };
  await context.close();
  return found;
}

async function main() {
  const asked = JSON.parse(process.argv[2]);
  // Without its sandbox, since CI runs as root in a container; it opens our own pages alone.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found = [];
  for (const name of asked.pages)
    for (const window of asked.windows) found.push(await look(browser, asked, name, window));
  await browser.close();
  console.log(JSON.stringify(found));
}

main();
