// Changes single entries of a TOML text and leaves every other byte as it is.
import { NotUnderstood } from "./problem.js";
import { parse, same } from "./toml.js";
import { same as equal } from "./jsonc-edit.js";

/**
 * @param {string} text
 * @param {string[]} path of a table
 * @returns {Record<string, any> | undefined} the entries that stand under its header; undefined without a header
 */
export function tableAt(text, path) {
  const table = parse(text).find((some) => !some.list && same(some.path, path));
  return table && Object.fromEntries(table.entries.map((entry) => [entry.path.join("."), entry.value]));
}

/**
 * Sets entries of a table, which is added at the end where it is missing. What equals already stays untouched.
 *
 * @param {string} text
 * @param {string[]} path
 * @param {Record<string, any>} values
 * @returns {string}
 */
export function put(text, path, values) {
  const tables = parse(text);
  refuseOtherSpellings(tables, path);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const table = tables.find((some) => same(some.path, path));
  if (!table) {
    const lines = [`[${path.map(spelt).join(".")}]`, ...Object.entries(values).map(([key, value]) => line(key, value))];
    const gap = text === "" ? "" : text.endsWith("\n") ? eol : eol + eol;
    return text + gap + lines.join(eol) + eol;
  }
  let changed = text;
  // From the back to the front, so that the places that were read stay true.
  const missing = Object.entries(values).filter(([key]) => !table.entries.some((entry) => same(entry.path, [key])));
  if (missing.length > 0) {
    const added = missing.map(([key, value]) => eol + line(key, value)).join("");
    const end = lineEnd(text, table.end);
    changed = changed.slice(0, end) + added + changed.slice(end);
  }
  for (const entry of table.entries.toReversed()) {
    const value = entry.path.length === 1 ? values[entry.path[0]] : undefined;
    if (value !== undefined && !equal(entry.value, value)) {
      changed = changed.slice(0, entry.valueStart) + literal(value) + changed.slice(entry.end);
    }
  }
  return changed;
}

/**
 * Takes a table out, or some of its entries; the table goes when none is left.
 *
 * @param {string} text
 * @param {string[]} path
 * @param {string[]} [keys]
 */
export function drop(text, path, keys) {
  const table = parse(text).find((some) => !some.list && same(some.path, path));
  if (!table) {
    return text;
  }
  const gone = table.entries.filter((entry) => !keys || keys.includes(entry.path.join(".")));
  if (gone.length === table.entries.length) {
    return cut(text, table.start, lineEnd(text, table.end));
  }
  return gone.toReversed().reduce((rest, entry) => cut(rest, entry.start, lineEnd(rest, entry.end)), text);
}

/**
 * @param {string} text
 * @param {number} start of a line
 * @param {number} end of a line, before its line break
 */
function cut(text, start, end) {
  const after = text.slice(end).replace(/^\r?\n/, "");
  const before = text.slice(0, start);
  return (after.trim() === "" || /^\s*\n/.test(after) ? before.replace(/(\r?\n)[ \t]*\r?\n$/, "$1") : before) + after;
}

/**
 * The same table may be written as a dotted key or between braces: then a header would be wrong beside it.
 *
 * @param {import("./toml.js").Table[]} tables
 * @param {string[]} path
 */
function refuseOtherSpellings(tables, path) {
  for (const table of tables) {
    if (table.list && isPrefix(table.path, path)) {
      throw new NotUnderstood(`${table.path.join(".")} is a list of tables`);
    }
    for (const entry of table.entries) {
      const whole = [...table.path, ...entry.path];
      if (isPrefix(whole, path) || (isPrefix(path, whole) && table.path.length < path.length)) {
        throw new NotUnderstood(`${whole.join(".")} is written without a table of its own`);
      }
    }
  }
}

/**
 * @param {string[]} shorter
 * @param {string[]} longer
 */
function isPrefix(shorter, longer) {
  return shorter.length <= longer.length && shorter.every((part, i) => part === longer[i]);
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  const whole = end < 0 ? text.length : end;
  return text[whole - 1] === "\r" ? whole - 1 : whole;
}

/**
 * @param {string} key
 * @param {any} value
 */
const line = (key, value) => `${spelt(key)} = ${literal(value)}`;

/** @param {string} key */
const spelt = (key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));

/**
 * @param {any} value
 * @returns {string}
 */
function literal(value) {
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(", ")}]`;
  }
  if (typeof value === "object") {
    return `{ ${Object.entries(value).map(([key, inner]) => line(key, inner)).join(", ")} }`;
  }
  return typeof value === "string" ? quoted(value) : String(value);
}

/** @param {string} text */
function quoted(text) {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

/** The lines that a person would add by hand. @param {string[]} path @param {Record<string, any>} values */
export function lines(path, values) {
  return put("", path, values).trimEnd();
}
