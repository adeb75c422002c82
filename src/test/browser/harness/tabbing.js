// Walking with the keyboard alone.

const MOST = 1_200;

/** So many presses go to the browser without waiting for each to be done. */
const AT_ONCE = 20;

/** Tabs to the link that leads to `address`, past the rail where that is offered, and follows it. */
export async function follow(page, address) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // "Skip to content" comes first on every page
  for (let presses = 0; presses < MOST; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.getAttribute("href") === wanted, address)) {
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname + url.search === address);
      return;
    }
  }
  throw new Error(`Tab does not come to ${address} on ${page.url()}`);
}

/**
 * Tabs from the top of the page to its end.
 * @returns a line for each element that Tab does not come to, and for each whose focus nobody would see
 */
export async function complaintsOfTabbing(page) {
  await page.evaluate(watch);
  for (let presses = 0; presses < MOST; presses += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => page.keyboard.press("Tab")));
    if (await page.evaluate(() => window.tabbing.over)) {
      break;
    }
  }
  return page.evaluate(judge);
}

/** Runs in the page: notes what gets the focus and whether that shows. */
function watch() {
  const seen = new Set();
  window.tabbing = { seen, over: false, unseen: [] };
  // From the top, also where the page put the focus into a field.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const shows = (element) =>
    [getComputedStyle(element), getComputedStyle(element, "::before")].some(
      (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
    );
  document.addEventListener("focusin", ({ target }) => {
    if (seen.has(target)) {
      window.tabbing.over = true;
      return;
    }
    seen.add(target);
    // A link that stands for its whole row shows the focus on the row, and a hidden choice on its label.
    const around = [target, target.parentElement, target.parentElement?.parentElement, target.closest("li, tr, article, label")].filter(Boolean);
    if (!around.some(shows)) {
      window.tabbing.unseen.push(target);
    }
  });
}

/** Runs in the page. */
function judge() {
  const { seen, unseen } = window.tabbing;
  const describe = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const isGroupSeen = (element) =>
    element.type === "radio" && [...seen].some((one) => one.type === "radio" && one.name === element.name);
  const reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]"),
  );
  return [
    ...reachable.filter((element) => !seen.has(element) && !isGroupSeen(element)).map((element) => `not reached: ${describe(element)}`),
    ...unseen.map((element) => `focus does not show: ${describe(element)}`),
  ];
}
