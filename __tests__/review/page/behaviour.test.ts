import type { Page } from "playwright-core";
import { Reviewed } from "./browser";

jest.setTimeout(60_000);

let reviewed: Reviewed;
beforeAll(async () => {
  reviewed = await Reviewed.start();
});
afterAll(() => reviewed?.stop());

const shownRows = (page: Page) => page.locator("#resources tbody tr:visible");
const focused = (page: Page) => page.evaluate("document.activeElement.id || document.activeElement.tagName");

test("it opens from a file without a request, a complaint or somebody else's script", async () => {
  const { page, requests, complaints } = await reviewed.open();
  expect(requests).toEqual([reviewed.url]);
  expect(complaints).toEqual([]);
  expect(await page.title()).toBe("Review of head");
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("#changes").textContent()).toContain("onerror=");
  await page.context().close();
});

test("risks stand first, and lead to their change", async () => {
  const { page } = await reviewed.open();
  expect(await page.locator("main section").first().getAttribute("id")).toBe("matters");
  const tiles = await page.locator(".tiles strong").allTextContents();
  expect(tiles).toHaveLength(4);
  expect(tiles.filter((text) => /^[1-9]\d* risks?$/.test(text))).toHaveLength(4);
  const remark = page.locator(".remarks li", { hasText: "metadata_from_vpn" }).first();
  await remark.locator("a").click();
  const change = page.locator("details.change:target");
  expect(await change.evaluate((element) => (element as unknown as { open: boolean }).open)).toBe(true);
  expect(await change.textContent()).toContain("0.0.0.0/0");
  await page.context().close();
});

test("a link from elsewhere unfolds what it leads to", async () => {
  const hash = "#change-prod-metadata-aws_db_instance.store";
  const { page } = await reviewed.open({}, hash);
  expect(await page.locator("details.change[open]").count()).toBe(1);
  expect(await page.locator(`[id="${hash.slice(1)}"] .attributes`).isVisible()).toBe(true);
  await page.context().close();
});

test("search filters resources and changes", async () => {
  const { page } = await reviewed.open();
  const all = await shownRows(page).count();
  expect(all).toBeGreaterThan(300);
  await page.fill("#search", "PROD aws_nat");
  expect(await shownRows(page).count()).toBe(1);
  expect(await page.locator("#found").textContent()).toBe(`1 of ${all} resources`);
  // The gateway that goes, and the route that then names another one.
  expect(await page.locator("details.change:visible").count()).toBe(2);
  await page.fill("#search", "nothing is called like this");
  expect(await shownRows(page).count()).toBe(0);
  expect(await page.locator("#no-change").isVisible()).toBe(true);
  await page.fill("#search", "");
  await page.selectOption("#environment", "dev");
  await page.check("#changed-only");
  const changed = await shownRows(page).count();
  expect(changed).toBeGreaterThan(2);
  expect(changed).toBe(await page.locator("#resources tbody tr.changed:visible", { hasText: "dev" }).count());
  await page.context().close();
});

test("the keyboard is enough", async () => {
  const { page } = await reviewed.open();
  await page.keyboard.press("/");
  expect(await focused(page)).toBe("search");
  await page.keyboard.type("nat_gateways");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("TR");
  const first = await page.locator("tr:focus th").textContent();
  await page.keyboard.press("ArrowDown");
  expect(await page.locator("tr:focus th").textContent()).not.toBe(first);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe("search");
  await page.keyboard.press("Escape");
  expect(await page.inputValue("#search")).toBe("");
  await page.keyboard.press("Escape");
  expect(await focused(page)).toBe("BODY");
  await page.context().close();
});

test("Enter on a row leads to its change, and every control is reached by Tab with a visible focus", async () => {
  const { page } = await reviewed.open();
  await page.keyboard.press("/");
  await page.keyboard.type("prod aws_db_instance");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(page.url()).toContain("#change-prod-metadata-aws_db_instance.store");
  expect(await page.locator("details.change:target[open]").count()).toBe(1);
  await page.goto(reviewed.url);
  const seen: string[] = [];
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press("Tab");
    seen.push(String(await page.evaluate("document.activeElement.id || document.activeElement.textContent")));
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  }
  expect(seen).toEqual(["What matters", "Changes", "Resources", "Architecture", "search", "theme"]);
  await page.context().close();
});

test("the theme follows the reader, and the button", async () => {
  const { page } = await reviewed.open({ colorScheme: "dark" });
  const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const dark = await background();
  await page.click("#theme");
  expect(await page.textContent("#theme")).toBe("Theme: light");
  const light = await background();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await background()).toBe(light);
  await page.click("#theme");
  expect(await background()).toBe(dark);
  await page.context().close();
});

test("without script everything can be read, and on paper everything is unfolded", async () => {
  const { page } = await reviewed.open({ javaScriptEnabled: false });
  expect(await shownRows(page).count()).toBeGreaterThan(300);
  expect(await page.locator("#search").isVisible()).toBe(false);
  await page.context().close();
  const { page: printed } = await reviewed.open();
  const folded = await printed.locator("details:not([open])").count();
  expect(folded).toBeGreaterThan(0);
  await printed.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await printed.locator("details:not([open])").count()).toBe(0);
  await printed.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await printed.locator("details:not([open])").count()).toBe(folded);
  await printed.context().close();
});
