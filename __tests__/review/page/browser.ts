import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { renderPage } from "../../../review/page";
import { reviewOf, revisions } from "../revisions";

/** Debian's place for it; CHROMIUM names another. */
const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A page in a browser, and what it asked for and complained about. */
export interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** One review in one Chromium, for the tests of a file. */
export class Reviewed {
  private constructor(
    private readonly browser: Browser,
    private readonly directory: string,
    readonly markup: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Reviewed> {
    if (!existsSync(executable)) {
      throw new Error(
        `${executable} is not there: apt-get install chromium, or let CHROMIUM name a Chromium`,
      );
    }
    const both = revisions();
    const markup = await renderPage(reviewOf(both), both.head);
    const directory = mkdtempSync(join(tmpdir(), "review-page-"));
    const file = join(directory, "review.html");
    writeFileSync(file, markup);
    // Without its sandbox, since CI runs as root in a container; it opens our own file alone.
    // Nor with a library that changes its clock, under which it never rests.
    const { LD_PRELOAD: _, ...env } = process.env as Record<string, string>;
    const browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox"], env });
    return new Reviewed(browser, directory, markup, pathToFileURL(file).href);
  }

  /** Opens the page anew. */
  async open(options: BrowserContextOptions = {}, hash = ""): Promise<Opened> {
    const context = await this.browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${this.url}${hash}`);
    return { page, requests, complaints };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.directory, { recursive: true });
  }
}
