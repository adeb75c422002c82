// node pictures.js ORIGIN OUTDIR [--quality 40] [--only NAME]: pictures of every page and section in both themes at 1440, 1024
// and 390 pixels, from a server whose workspace `./covibe demo` has filled. See CONTRIBUTING.md.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { SOMEBODY, tour } from "./harness/tour.js";

const WIDTHS = [1440, 1024, 390];
const HEIGHT = { 1440: 900, 1024: 768, 390: 844 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quality: { type: "string", default: "40" }, only: { type: "string", default: "" } },
});
const [origin, out] = positionals;
if (!origin || !out) {
  console.error("Usage: node pictures.js ORIGIN OUTDIR [--quality 40] [--only NAME]");
  process.exit(2);
}
await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  timeout: 120_000,
  executablePath: process.env.COVIBE_CHROMIUM || process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--hide-scrollbars"],
});

const guest = await browser.newContext({ baseURL: origin });
const person = await signedIn({});
const shown = [
  { name: "landing", address: "/", as: guest },
  { name: "sign in", address: "/auth/sign-in", as: guest },
  ...(await tour(await person.newPage())).map((stop) => ({ ...stop, as: person })),
].filter(({ name }) => name.includes(values.only));

let total = 0;
for (const theme of ["light", "dark"]) {
  for (const width of WIDTHS) {
    const options = { colorScheme: theme, viewport: { width, height: HEIGHT[width] }, reducedMotion: "reduce" };
    const contexts = new Map([[guest, await browser.newContext({ baseURL: origin, ...options })], [person, await signedIn(options)]]);
    const pages = new Map();
    for (const [as, context] of contexts) {
      pages.set(as, await context.newPage());
    }
    for (const { name, address, as } of shown) {
      total += await picture(pages.get(as), name, address, theme, width);
    }
    await Promise.all([...contexts.values()].map((context) => context.close()));
  }
}
if (!values.only) {
  await writeFile(join(out, "README.md"), index());
}
console.log(`${shown.length * 2 * WIDTHS.length} pictures, ${(total / 1e6).toFixed(1)} MB`);
await browser.close();

async function signedIn(options) {
  const context = await browser.newContext({ baseURL: origin, ...options });
  context.setDefaultTimeout(120_000);
  await context.request.post("/auth/sign-in", { form: { email: SOMEBODY } });
  return context;
}

function file(name, width, theme) {
  return `${name.replace(/[^a-z0-9]+/g, "-")}-${width}-${theme}.webp`;
}

/** What a reader of the repository sees: each page as their system likes it, and the other widths behind links. */
function index() {
  const pages = shown.map(({ name }) => {
    const others = WIDTHS.flatMap((width) => ["light", "dark"].map((theme) => `[${width}, ${theme}](${file(name, width, theme)})`));
    return `## ${name[0].toUpperCase()}${name.slice(1)}

<picture><source media="(prefers-color-scheme: dark)" srcset="${file(name, 1440, "dark")}"><img alt="${name}" src="${file(name, 1440, "light")}"></picture>

${others.join(" · ")}
`;
  });
  return `# Every page\n\nAs \`./covibe demo\` fills it. Made anew by the command in CONTRIBUTING.md.\n\n${pages.join("\n")}`;
}

/** Playwright makes no WebP, which is a third of a PNG; the browser itself does. */
async function picture(page, name, address, theme, width) {
  const answer = await page.goto(address);
  if (!answer.ok()) {
    console.error(`${address} answered ${answer.status()} and is not pictured.`);
    return 0;
  }
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => document.activeElement?.blur());
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: Number(values.quality) });
  await session.detach();
  const bytes = Buffer.from(data, "base64");
  await writeFile(join(out, file(name, width, theme)), bytes);
  return bytes.length;
}
