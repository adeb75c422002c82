// Changes the user's configuration files: merged, backed up before the first change, and undone byte for byte.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { readJson, readText, writeAtomically, writeJson } from "./atomic-file.js";
import { files } from "./home.js";
import { NotUnderstood } from "./problem.js";

/** @typedef {import("./agents.js").Edit} Edit */
/**
 * @typedef {{ edit: Edit, outcome: "done" | "unchanged" | "left", reason?: string }} Result
 * @typedef {{ file: string, existed: boolean, backup: string, after: string, touched: boolean }} Entry
 *   backup is empty where there was no file; after is the hash of what setup wrote; touched says that somebody else
 *   changed the file between two runs of setup, so that the backup must not come back.
 */

/** @returns {Entry[]} */
export const record = () => readJson(files.setupRecord())?.files ?? [];

/** @param {string | Buffer} content */
const hash = (content) => createHash("sha256").update(content).digest("hex");

/**
 * @param {Edit[]} edits
 * @param {{ dryRun: boolean }} options
 * @returns {Result[]}
 */
export function applyEdits(edits, { dryRun }) {
  /** @type {Result[]} */
  const results = [];
  const entries = record();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const ours = edits.filter((edit) => edit.file === file);
    try {
      const before = readText(file);
      let text = before ?? "";
      for (const edit of ours) {
        const result = applied(edit, text);
        text = result.text;
        results.push(result);
      }
      if (text !== (before ?? "") && !dryRun) {
        keepBackup(entries, file, before);
        writeAtomically(file, text, before === undefined ? 0o600 : undefined);
        /** @type {Entry} */ (entries.find((entry) => entry.file === file)).after = hash(text);
        writeJson(files.setupRecord(), { files: entries });
      }
    } catch (error) {
      const reason = /** @type {Error} */ (error).message;
      results.push(...ours.map((edit) => /** @type {Result} */ ({ edit, outcome: "left", reason })));
    }
  }
  return results;
}

/**
 * @param {Edit} edit
 * @param {string} text
 * @returns {Result & { text: string }}
 */
function applied(edit, text) {
  try {
    const changed = edit.apply(text);
    return { edit, outcome: changed === text ? "unchanged" : "done", text: changed };
  } catch (error) {
    if (error instanceof NotUnderstood) {
      return { edit, outcome: "left", reason: error.message, text };
    }
    throw error;
  }
}

/**
 * @param {Entry[]} entries
 * @param {string} file
 * @param {string | undefined} before
 */
function keepBackup(entries, file, before) {
  const known = entries.find((entry) => entry.file === file);
  if (known) {
    known.touched ||= before === undefined || hash(before) !== known.after;
    return;
  }
  let backup = "";
  if (before !== undefined) {
    mkdirSync(files.backups(), { recursive: true, mode: 0o700 });
    backup = join(files.backups(), `${hash(file).slice(0, 8)}-${basename(file)}`);
    copyFileSync(file, backup);
  }
  entries.push({ file, existed: before !== undefined, backup, after: "", touched: false });
  writeJson(files.setupRecord(), { files: entries });
}

/**
 * Whether the files are as setup left them.
 *
 * @param {Edit[]} edits
 * @returns {Result[]}
 */
export const inspectEdits = (edits) => applyEdits(edits, { dryRun: true });

/**
 * Takes everything back: the file as it was where nothing else has changed in it, else our entries alone.
 *
 * @param {Edit[]} edits of all agents
 * @param {{ dryRun: boolean }} options
 * @returns {{ file: string, how: "restored" | "deleted" | "cleaned" | "left", reason?: string }[]}
 */
export function undoEdits(edits, { dryRun }) {
  const left = [];
  const results = [];
  for (const entry of record()) {
    const result = undone(entry, edits.filter((edit) => edit.file === entry.file), dryRun);
    results.push({ file: entry.file, ...result });
    if (result.how === "left") {
      left.push(entry);
    }
  }
  if (!dryRun) {
    writeJson(files.setupRecord(), { files: left });
  }
  return results;
}

/**
 * @param {Entry} entry
 * @param {Edit[]} edits
 * @param {boolean} dryRun
 * @returns {{ how: "restored" | "deleted" | "cleaned" | "left", reason?: string }}
 */
function undone(entry, edits, dryRun) {
  const now = readText(entry.file);
  if (now === undefined) {
    return { how: "deleted" };
  }
  if (!entry.touched && hash(now) === entry.after) {
    if (!dryRun) {
      if (entry.existed) {
        writeAtomically(entry.file, readFileSync(entry.backup));
      } else {
        rmSync(entry.file);
      }
    }
    return { how: entry.existed ? "restored" : "deleted" };
  }
  try {
    const cleaned = edits.reduce((text, edit) => edit.remove(text), now);
    if (!dryRun && cleaned !== now) {
      writeAtomically(entry.file, cleaned);
    }
    return { how: "cleaned" };
  } catch (error) {
    return { how: "left", reason: /** @type {Error} */ (error).message };
  }
}
