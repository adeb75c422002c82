// Which version this is, where it lies, and how it got there.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, sep } from "node:path";

/** The folder of this package. */
export const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {{ version: string, files: string[] }} */
export const description = JSON.parse(readFileSync(`${packageRoot}/package.json`, "utf8"));
export const version = description.version;

/** npx keeps packages in a cache that it clears when it likes. */
export const isTemporary = () => packageRoot.split(sep).includes("_npx");

/**
 * @param {string} left
 * @param {string} right
 * @returns {number} below zero when left is older; versions that do not read as such are oldest
 */
export function compareVersions(left, right) {
  const [a, b] = [parts(left), parts(right)];
  for (let i = 0; i < 3; i++) {
    if (a.numbers[i] !== b.numbers[i]) {
      return a.numbers[i] - b.numbers[i];
    }
  }
  return a.trial === b.trial ? 0 : a.trial === "" ? 1 : b.trial === "" ? -1 : a.trial < b.trial ? -1 : 1;
}

/** @param {string} text */
function parts(text) {
  const found = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([\w.-]+))?(?:\+.*)?$/.exec(text);
  return { numbers: found ? found.slice(1, 4).map(Number) : [-1, -1, -1], trial: found?.[4] ?? "" };
}
