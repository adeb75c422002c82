// Changes single places of a JSON text and leaves every other byte as it is: comments, order, indentation, line ends.
import { NotUnderstood } from "./problem.js";
import { parse, triviaEnd, valueOf } from "./jsonc.js";

/** @typedef {(string | number)[]} Path */

/**
 * @param {string} text
 * @param {Path} path
 * @returns {any} undefined where nothing is
 */
export function valueAt(text, path) {
  if (isBlank(text)) {
    return undefined;
  }
  const node = find(parse(text), path);
  return node && valueOf(node);
}

/**
 * Sets a value, and makes the objects above it where they are missing. What equals already stays untouched.
 *
 * @param {string} text an empty one becomes an object
 * @param {Path} path
 * @param {any} value
 * @returns {string}
 */
export function put(text, path, value) {
  if (isBlank(text)) {
    return JSON.stringify(nested(path, value), null, 2) + "\n";
  }
  const root = parse(text);
  const existing = find(root, path);
  if (existing) {
    return same(valueOf(existing), value)
      ? text
      : spliced(text, existing.start, existing.end, written(value, layout(text, root), lineIndent(text, existing.start)));
  }
  let depth = 0;
  let holder = root;
  for (; depth < path.length; depth++) {
    const next = find(holder, [path[depth]]);
    if (!next) {
      break;
    }
    holder = next;
  }
  if (holder.kind !== "object") {
    throw new NotUnderstood(`${path.slice(0, depth).join(".") || "its content"} is not an object`);
  }
  return inserted(text, root, holder, String(path[depth]), nested(path.slice(depth + 1), value));
}

/**
 * Adds a value at the end of an array, which is made where it is missing.
 *
 * @param {string} text
 * @param {Path} path
 * @param {any} value
 */
export function append(text, path, value) {
  const root = isBlank(text) ? undefined : parse(text);
  const list = root && find(root, path);
  if (!root || !list) {
    return put(text, path, [value]);
  }
  if (list.kind !== "array") {
    throw new NotUnderstood(`${path.join(".")} is not a list`);
  }
  return inserted(text, root, list, undefined, value);
}

/**
 * Takes a value out, and the objects and lists above it that hold nothing then.
 *
 * @param {string} text
 * @param {Path} path
 * @returns {string}
 */
export function drop(text, path) {
  if (isBlank(text) || path.length === 0) {
    return text;
  }
  const holder = find(parse(text), path.slice(0, -1));
  if (!holder || holder.kind === "scalar") {
    return text;
  }
  const index = holder.members.findIndex((member) => member.key === String(path.at(-1)));
  if (index < 0) {
    return text;
  }
  if (holder.members.length === 1 && path.length > 1 && text.slice(holder.start + 1, holder.end - 1).search(/\/[/*]/) < 0) {
    return drop(text, path.slice(0, -1));
  }
  return without(text, holder.members, index);
}

/** @param {string} text */
function isBlank(text) {
  return triviaEnd(text, 0) === text.length && !/\/[/*]/.test(text);
}

/**
 * @param {import("./jsonc.js").Node} root
 * @param {Path} path
 * @returns {import("./jsonc.js").Node | undefined}
 */
function find(root, path) {
  /** @type {import("./jsonc.js").Node | undefined} */
  let node = root;
  for (const step of path) {
    if (!node || node.kind === "scalar" || (typeof step === "number") !== (node.kind === "array")) {
      return undefined;
    }
    node = node.members.find((member) => member.key === String(step))?.node;
  }
  return node;
}

/**
 * @param {Path} path
 * @param {any} value
 */
function nested(path, value) {
  return path.reduceRight((inner, step) => ({ [step]: inner }), value);
}

/**
 * @param {string} text
 * @param {import("./jsonc.js").Node} root
 * @param {import("./jsonc.js").ObjectNode | import("./jsonc.js").ArrayNode} holder
 * @param {string | undefined} key
 * @param {any} value
 */
function inserted(text, root, holder, key, value) {
  const style = layout(text, root);
  const last = holder.members.at(-1);
  const inside = text.slice(holder.start, holder.end);
  const oneLine = !inside.includes("\n") && (last !== undefined || holder !== root);
  const label = key === undefined ? "" : `${JSON.stringify(key)}: `;
  if (oneLine && last) {
    const behind = last.comma < 0 ? last.end : last.comma + 1;
    return spliced(text, behind, behind, `${last.comma < 0 ? "," : ""} ${label}${JSON.stringify(value)}`);
  }
  const outer = lineIndent(text, holder.start);
  const indent = last && startsLine(text, last.start) ? lineIndent(text, last.start) : outer + style.unit;
  const entry = `${style.eol}${indent}${label}${written(value, style, indent)}`;
  // Behind the comments that follow the last entry, but with the comma right behind the entry itself.
  const from = last ? (last.comma < 0 ? last.end : last.comma + 1) : holder.start + 1;
  const between = text.slice(from, holder.end - 1);
  const kept = between.replace(/[ \t\r\n]+$/, "");
  const closing = /\n[ \t]*$/.test(between) ? between.slice(kept.length) : style.eol + outer;
  const comma = last && last.comma < 0 ? "," : "";
  return spliced(text, from, holder.end - 1, comma + kept + entry + closing);
}

/**
 * @param {string} text
 * @param {import("./jsonc.js").Member[]} members
 * @param {number} index
 */
function without(text, members, index) {
  const member = members[index];
  let start = member.start;
  let end = member.comma < 0 ? member.end : member.comma + 1;
  const lineEnd = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (startsLine(text, start) && lineEnd) {
    start -= lineIndent(text, start).length;
    end += lineEnd[0].length;
  } else if (member.comma >= 0) {
    end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  }
  const rest = spliced(text, start, end, "");
  const before = members[index - 1];
  return before && member.comma < 0 ? spliced(rest, before.comma, before.comma + 1, "") : rest;
}

/**
 * How the file is laid out.
 *
 * @param {string} text
 * @param {import("./jsonc.js").Node} root
 */
function layout(text, root) {
  const first = root.kind === "scalar" ? undefined : root.members[0];
  const unit = first && startsLine(text, first.start) ? lineIndent(text, first.start) : "";
  return { unit: unit || "  ", eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

/**
 * @param {any} value
 * @param {{ unit: string, eol: string }} style
 * @param {string} indent
 */
function written(value, style, indent) {
  return JSON.stringify(value, null, style.unit).replaceAll("\n", style.eol + indent);
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineIndent(text, at) {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/**
 * @param {string} text
 * @param {number} at
 */
function startsLine(text, at) {
  return /(^|\n)[ \t]*$/.test(text.slice(0, at));
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} replacement
 */
function spliced(text, start, end, replacement) {
  return text.slice(0, start) + replacement + text.slice(end);
}

/**
 * Equal but for the order of keys.
 *
 * @param {any} left
 * @param {any} right
 * @returns {boolean}
 */
export function same(left, right) {
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") {
    return left === right;
  }
  const keys = Object.keys(left);
  return (
    Array.isArray(left) === Array.isArray(right) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && same(left[key], right[key]))
  );
}
