// Unpacks the companion's own package. Regular files below package/ and nothing else, so that nothing lands elsewhere.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const BLOCK = 512;
const LARGEST = 50 * 1024 * 1024;

/**
 * @param {Buffer} tarball
 * @param {string} folder
 */
export function unpack(tarball, folder) {
  const tar = gunzipSync(tarball, { maxOutputLength: LARGEST });
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const text = (/** @type {number} */ from, /** @type {number} */ length) => tar.toString("latin1", at + from, at + from + length).replace(/[\0 ].*$/s, "");
    const name = text(0, 100);
    const size = parseInt(text(124, 12), 8);
    const kind = tar[at + 156];
    const parts = name.split("/");
    if (parts[0] !== "package" || parts.length < 2 || parts.some((part) => part === "" || part === "." || part === ".." || /[\\:]/.test(part)) || (kind !== 0x30 && kind !== 0) || !(size >= 0)) {
      throw new Error(`The package holds something that it must not: ${JSON.stringify(name)}.`);
    }
    const start = at + BLOCK;
    if (start + size > tar.length) {
      throw new Error("The package is cut off.");
    }
    const file = join(folder, ...parts.slice(1));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tar.subarray(start, start + size), { mode: parts[1] === "bin" ? 0o755 : 0o644 });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}
