// What may leave the machine, made plain: names without folders, words without prose, text without paths.
import { createHash } from "node:crypto";

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;
const PATH_IN_TEXT =
  /(?:file:\/\/|(?<![\w.])(?:\/(?:home|users|root|private|tmp|mnt|media|volumes|var\/folders)\/|~\/|[a-z]:\\|\\\\\w))\S*/gi;
const WORD = /^[\w.:@+-]{1,120}$/;
const BRANCH = /^(?![/~])[^\\:~^?*\s\u0000-\u001f\u007f]{1,300}$/;

/**
 * A name on one line, without the folders above it.
 *
 * @param {unknown} text
 * @param {number} [longest]
 */
export function plainName(text, longest = 120) {
  const line = String(text ?? "").replace(CONTROL, " ").trim();
  return (line.split(/[\\/]/).filter(Boolean).at(-1) ?? "").replace(/^[~:]+/, "").slice(0, longest);
}

/**
 * What a person wrote for others to read, without the paths of their machine in it.
 *
 * @param {unknown} text
 * @param {number} longest
 */
export function plainLine(text, longest) {
  const line = String(text ?? "").replace(CONTROL, " ").trim().replace(PATH_IN_TEXT, "…");
  return [...line].slice(0, longest).join("").slice(0, longest);
}

/**
 * An identifier, such as the name of a model or tool; whatever could be prose or a path is left out.
 *
 * @param {unknown} text
 */
export const word = (text) => (typeof text === "string" && WORD.test(text) ? text : undefined);

/**
 * Branches may have slashes inside; paths of a machine begin with one.
 *
 * @param {unknown} text
 */
export const branchName = (text) => (typeof text === "string" && BRANCH.test(text.trim()) ? text.trim() : undefined);

/** @param {unknown} number */
export const whole = (number) =>
  typeof number === "number" && Number.isFinite(number) && number >= 0 ? Math.min(Math.round(number), 1e12) : undefined;

/** @param {unknown} milliseconds since 1970 */
export const moment = (milliseconds) => new Date(typeof milliseconds === "number" ? milliseconds : Date.now()).toISOString();

/** @param {...string} parts */
export const fingerprint = (...parts) => createHash("sha256").update(parts.join("\u0000")).digest("hex");
