// What axe finds on a page, light and dark. The context has to be one that bypasses the security policy, which would keep
// the examiner out.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let source = null;

/** @returns a line for each violation in each theme */
export async function violationsOn(page) {
  source ??= await readFile(AXE, "utf8");
  await page.evaluate(source);
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // Between the themes nothing changes but colours.
    const rules = colorScheme === "light" ? null : ["color-contrast"];
    found.push(...(await page.evaluate(examine, rules)).map((line) => `${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}

async function examine(rules) {
  const options = rules ? { runOnly: rules } : {};
  const { violations } = await window.axe.run(document, { resultTypes: ["violations"], ...options });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1).join(" ").trim()}`),
  );
}
