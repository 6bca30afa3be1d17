// Opens a report in headless Chromium and prints what a user would meet, as JSON.
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as browsers } from "playwright-core";

const browser = await browsers.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: true,
});
const found = { requests: [], errors: [], dialogs: 0 };
const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
page.on("request", (r) => /^(file|data|blob):/.test(r.url()) || found.requests.push(r.url()));
page.on("console", (m) => m.type() === "error" && found.errors.push(m.text()));
page.on("pageerror", (e) => found.errors.push(String(e)));
page.on("dialog", (d) => { found.dialogs++; d.dismiss(); });
await page.goto(pathToFileURL(process.argv[2]).href);
await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");

const drawn = async () => {
  await page.waitForTimeout(300);
  return page.evaluate(() => canvas.toDataURL());
};
found.title = await page.textContent("#title");
found.options = await page.$$eval("#colour option", (all) => all.map((o) => o.textContent));
found.legend = await page.$$eval("#legend button span:nth-child(2)", (all) => all.map((s) => s.textContent));
found.strangers = await page.$$eval("main img, main iframe, main script", (all) => all.length);
found.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
found.unnamed = await page.$$eval("main svg, canvas", (all) => all.filter((e) => !e.getAttribute("aria-label")).length);

const before = await drawn();
await page.selectOption("#colour", { index: found.options.length - 1 });
const coloured = await drawn();
found.recolours = before !== coloured;
await page.focus("#canvas");
await page.keyboard.press("ArrowLeft");
const moved = await drawn();
await page.keyboard.press("0");
found.keyboard = moved !== coloured && (await drawn()) === coloured;
await page.locator("th button").first().focus();
await page.keyboard.press("Enter");
found.sorted = await page.locator("th[aria-sort]").count();
found.saved = [];
for (const kind of ["SVG", "PNG", "CSV"]) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#map .save button", { hasText: kind }).click(),
  ]);
  found.saved.push(download.suggestedFilename());
}
await browser.close();
console.log(JSON.stringify(found));
