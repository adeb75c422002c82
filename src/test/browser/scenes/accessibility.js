import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { everyPage } from "../harness/pages.js";
import { scene, signIn } from "../harness/stage.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

// The security policy would keep the examiner out, so that it alone is not examined here.
scene("axe finds no violation on any page, light or dark", { bypassCSP: true }, async ({ page, context, troubles }) => {
  troubles.forgiveStatus(404, 409);
  const axe = await readFile(AXE, "utf8");
  const violations = [];
  let person = null;
  for (const { name, as, open } of await everyPage()) {
    if (as !== person) {
      await context.clearCookies();
      if (as) {
        await signIn(context, as);
      }
      person = as;
    }
    await open(page);
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const violation of await page.evaluate(examine)) {
        violations.push(`${name}, ${colorScheme}: ${violation}`);
      }
    }
  }
  assert.deepEqual(violations, []);
});

async function examine() {
  const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1).join(" ").trim()}`),
  );
}
