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
const group = page.locator("#legend button").first();
await page.selectOption("#colour", { index: 0 });
await drawn();
await group.focus();
await page.keyboard.press("Enter");
found.chosen = await group.getAttribute("aria-pressed");
await page.keyboard.press("Enter");
// What the keyboard reaches, and what it is called there.
found.unreachable = await page.$$eval("#colour, main button, .scroll, pre, summary, canvas", (all) => all.filter((e) => e.tabIndex < 0).length);
found.nameless = await page.$$eval("main button, .scroll, select", (all) =>
  all.filter((e) => !(e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim()).length);
found.untold = await page.$$eval("figure > svg", (all) => all.filter((e) => !/\S\. \S/.test(e.getAttribute("aria-label"))).length);
await page.emulateMedia({ colorScheme: "dark" });
await drawn();
found.contrast = await page.evaluate(() => {
  const light = (channels) => channels.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = light(getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  const shown = [...GROUPS.map((_, i) => groupColour(i, true)), ...ramp(false, true).map(hexOf)];
  return Math.min(...shown.map((c) => (light(rgb(c)) + 0.05) / (paper + 0.05)));
});
found.whiteSvg = await page.evaluate(() => mapSvg().includes(GROUPS[0]) && !mapSvg().includes(LIGHTER[GROUPS[0]]));
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
