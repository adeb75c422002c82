// Marks of sessions that are long over.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { inHome } from "./home.js";

const OLD_MS = 30 * 24 * 60 * 60_000;
const EVERY_MS = 60 * 60_000;
let last = -Infinity;

export function removeOld() {
  if (performance.now() - last < EVERY_MS) {
    return;
  }
  last = performance.now();
  for (const folder of [inHome("told"), inHome("private")].filter((some) => existsSync(some))) {
    for (const name of readdirSync(folder)) {
      if (Date.now() - statSync(join(folder, name)).mtimeMs > OLD_MS) {
        rmSync(join(folder, name), { force: true });
      }
    }
  }
}
