// What happened and is not acknowledged by the server yet. Hooks append to the inbox; the watch takes it away in batches,
// and deletes a batch when the server has it. At most 256 MiB: the oldest telemetry goes first, then the oldest events.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { writeAtomically } from "./atomic-file.js";
import { files } from "./home.js";

const LARGEST = Number(process.env.COVIBE_SPOOL_BYTES) || 256 * 1024 * 1024;
/** A hook that opened the inbox before it was taken away has written by then. */
const SETTLED_MS = 1_000;

/** @typedef {{ file: string, name: string, size: number, modified: number }} Kept */

/** @param {string} folder @param {RegExp} pattern @returns {Kept[]} the oldest first */
function kept(folder, pattern) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        const { size, mtimeMs } = statSync(file);
        return [{ file, name, size, modified: mtimeMs }];
      } catch {
        return [];
      }
    });
}

const allBatches = () => kept(files.spool(), /^batch-.*\.jsonl$/);
export const telemetryFiles = () => kept(files.telemetry(), /\.json$/);

/** Takes the inbox away from the hooks. */
export function rotate() {
  const inbox = files.inbox();
  if (existsSync(inbox) && statSync(inbox).size > 0) {
    renameSync(inbox, join(files.spool(), `batch-${Date.now()}-${process.pid}-${randomBytes(3).toString("hex")}.jsonl`));
  }
}

/** Batches that nobody writes to any more. */
export const batches = () => allBatches().filter(({ modified }) => Math.abs(Date.now() - modified) >= SETTLED_MS);

/** @param {Kept} batch @returns {any[]} its events; lines that a full disk or a power cut broke are left out */
export function eventsOf(batch) {
  return readFileSync(batch.file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const event = line.trim() === "" ? undefined : JSON.parse(line);
        return event && typeof event === "object" ? [event] : [];
      } catch {
        return [];
      }
    });
}

/** What the server has not acknowledged stays. @param {Kept} batch @param {any[]} rest */
export function keepRest(batch, rest) {
  if (rest.length === 0) {
    rmSync(batch.file, { force: true });
  } else {
    writeAtomically(batch.file, rest.map((event) => JSON.stringify(event)).join("\n") + "\n", 0o600);
  }
}

let count = 0;

/** @param {string} agent @param {string} signal @param {string} body */
export function keepTelemetry(agent, signal, body) {
  mkdirSync(files.telemetry(), { recursive: true, mode: 0o700 });
  const name = `${Date.now()}-${String(count++).padStart(6, "0")}-${process.pid}.${agent}.${signal}.json`;
  writeAtomically(join(files.telemetry(), name), body, 0o600);
}

/** @param {Kept} file */
export const discard = (file) => rmSync(file.file, { force: true });

/** @returns {number} how many bytes had to go */
export function enforceBound() {
  const all = [...telemetryFiles(), ...allBatches()];
  let size = all.reduce((sum, file) => sum + file.size, 0);
  let dropped = 0;
  for (const file of all) {
    if (size <= LARGEST) {
      break;
    }
    discard(file);
    size -= file.size;
    dropped += file.size;
  }
  return dropped;
}

/** What waits, in bytes and in files. */
export function backlog() {
  const waiting = [...telemetryFiles(), ...allBatches(), ...kept(files.spool(), /^inbox\.jsonl$/)].filter((file) => file.size > 0);
  return { bytes: waiting.reduce((sum, file) => sum + file.size, 0), files: waiting.length, oldest: Math.min(Date.now(), ...waiting.map((file) => file.modified)) };
}
