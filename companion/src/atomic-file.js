// Files that are either the old one or the new one, also when the power fails in between.
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";

/**
 * @param {string} file
 * @returns {string | undefined} undefined when there is none
 */
export function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** @param {unknown} error */
export function isMissing(error) {
  const code = /** @type {NodeJS.ErrnoException} */ (error).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

/**
 * Writes through a link to the file behind it, and keeps the file's rights unless told others.
 *
 * @param {string} file
 * @param {string | Buffer} content
 * @param {number} [mode]
 */
export function writeAtomically(file, content, mode) {
  const target = behindLinks(file);
  mkdirSync(dirname(target), { recursive: true });
  const rights = mode ?? rightsOf(target) ?? 0o644;
  const draft = `${target}.${process.pid}.${randomBytes(4).toString("hex")}.draft`;
  const descriptor = openSync(draft, "wx", rights);
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(descriptor, bytes, at);
    }
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
  closeSync(descriptor);
  chmodSync(draft, rights);
  renameSync(draft, target);
}

/** @param {string} file */
function behindLinks(file) {
  try {
    return realpathSync(file);
  } catch (error) {
    if (isMissing(error)) {
      return file;
    }
    throw error;
  }
}

/** @param {string} file */
function rightsOf(file) {
  try {
    return statSync(file).mode & 0o777;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @returns {any} undefined when the file is missing or broken
 */
export function readJson(file) {
  try {
    const text = readText(file);
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 * @param {number} [mode]
 */
export function writeJson(file, value, mode = 0o600) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeAtomically(file, JSON.stringify(value, null, 2) + "\n", mode);
}
