// node first-visit.js ORIGIN EMAIL PATH...: what a first visit to each page transfers, apart from fonts and pictures, and
// when its largest part is painted. One line of JSON for each. ./covibe bench pages asks it.
import { chromium } from "playwright-core";

const [origin, email, ...pages] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.COVIBE_CHROMIUM || process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
});
for (const page of pages) {
  // A browser of its own for each, so that nothing is in a cache.
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1440, height: 900 } });
  await context.request.post("/auth/sign-in", { form: { email } });
  const tab = await context.newPage();
  await tab.goto(page, { waitUntil: "load" });
  console.log(JSON.stringify({ page, ...(await tab.evaluate(visit)) }));
  await context.close();
}
await browser.close();

/** Runs in the page. */
async function visit() {
  const painted = await new Promise((resolve) => {
    let latest = 0;
    new PerformanceObserver((list) => (latest = list.getEntries().at(-1).startTime)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
    setTimeout(() => resolve(latest), 300);
  });
  const isLeftOut = ({ name }) => /\.(woff2|svg|png|webp|jpe?g|ico)([?#]|$)/.test(name);
  const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const bytes = files.filter((file) => !isLeftOut(file)).reduce((sum, { transferSize }) => sum + transferSize, 0);
  return { kilobytes: bytes / 1000, painted };
}
