import assert from "node:assert/strict";
import { everyPage } from "../harness/pages.js";
import { scene, signIn } from "../harness/stage.js";

const WIDTHS = [1440, 1024, 390, 360];

scene("No page complains on the console, breaks its security policy or scrolls sideways, however narrow", async ({ page, context, troubles }) => {
  troubles.forgiveStatus(404, 409);
  const wide = [];
  let person = null;
  for (const { name, as, open } of await everyPage()) {
    if (as !== person) {
      await context.clearCookies();
      if (as) {
        await signIn(context, as);
      }
      person = as;
    }
    await page.setViewportSize({ width: WIDTHS[0], height: 900 });
    await open(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const culprit of await page.evaluate(sticksOut)) {
        wide.push(`${name} at ${width}: ${culprit}`);
      }
    }
  }
  assert.deepEqual(wide, []);
});

/** Runs in the page: names what makes the page, or a frame that holds all of it, wider than the window. */
function sticksOut() {
  const frames = [document.documentElement, document.body, ...document.querySelectorAll("main, .content, dialog[open]")];
  const broken = frames.filter((frame) => frame.scrollWidth > frame.clientWidth + 1);
  const limit = document.documentElement.clientWidth + 1;
  const isClipped = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (!frames.includes(up) && getComputedStyle(up).overflowX !== "visible") {
        return true;
      }
    }
    return false;
  };
  const outside = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > limit && !isClipped(element);
  });
  const describe = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`;
  return broken.length + outside.length === 0
    ? []
    : [`${broken.map(describe).join(", ")} scrolls; outside: ${outside.slice(0, 5).map(describe).join(", ")}`];
}
