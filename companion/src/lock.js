// One watch for one machine: a file with its process, renewed while it lives.
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { isMissing } from "./atomic-file.js";
import { files } from "./home.js";
import { makePrivateHome } from "./credentials.js";
import { EXIT, Problem } from "./problem.js";

/** A machine that sleeps wakes up with an old file and a living process; nobody else takes it in that moment. */
const STALE_MS = 10 * 60_000;

export class Lock {
  static take() {
    makePrivateHome();
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        writeFileSync(files.lock(), String(process.pid), { flag: "wx", mode: 0o600 });
        return new Lock();
      } catch (error) {
        if (/** @type {any} */ (error).code !== "EEXIST") {
          throw error;
        }
      }
      const holder = holderOfLock();
      if (holder) {
        throw new Problem(`A watch is running already: process ${holder}.`, "One is enough for all repositories. Stop it with `covibe-local service uninstall`, or by its process.", EXIT.FAILED, "watch.running");
      }
      rmSync(files.lock(), { force: true });
    }
    throw new Problem("The lock of the watch cannot be taken.", `Delete ${files.lock()} when no watch is running.`, EXIT.FAILED, "watch.lock");
  }

  renew() {
    const now = new Date();
    utimesSync(files.lock(), now, now);
  }

  release() {
    if (holderOfLock() === process.pid) {
      rmSync(files.lock(), { force: true });
    }
  }
}

/** @returns {number | undefined} the living process that watches */
export function holderOfLock() {
  try {
    const pid = Number(readFileSync(files.lock(), "utf8"));
    const age = Math.abs(Date.now() - statSync(files.lock()).mtimeMs);
    return Number.isInteger(pid) && pid > 0 && age < STALE_MS && isAlive(pid) ? pid : undefined;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {any} */ (error).code === "EPERM";
  }
}
