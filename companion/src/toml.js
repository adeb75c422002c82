// Reads TOML as far as it must be understood to change it safely: which tables and keys there are, and where they stand.
import { NotUnderstood } from "./problem.js";

/**
 * @typedef {{ path: string[], start: number, valueStart: number, end: number, value: any }} Entry
 *   A line such as a.b = 1; end is where its value ends.
 * @typedef {{ path: string[], list: boolean, start: number, headerEnd: number, end: number, entries: Entry[] }} Table
 *   end is behind its last entry, or behind its header.
 */

const BARE = /[A-Za-z0-9_-]+/y;
const BASIC = /"(?:[^"\\\u0000-\u0008\n\r\u000b-\u001f]|\\(?:[btnfre"\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*"/y;
const LITERAL = /'[^'\n\r]*'/y;
const LONG_BASIC = /"""(?:[^\\"]|\\[^]|"(?!""))*"{3,5}/y;
const LONG_LITERAL = /'''(?:[^']|'(?!''))*'{3,5}/y;
const NUMBER = /[+-]?(?:inf|nan|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?)(?![\w:.-])/y;
const DATE = /\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?/y;
const BOOLEAN = /true\b|false\b/y;
const LINE_END = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const SPACE = /[ \t]*/y;
const LINES = /(?:[ \t\r\n]|#[^\n]*)*/y;
const DEEPEST = 100;

/**
 * @param {string} text
 * @returns {Table[]} the first one is the root
 */
export function parse(text) {
  return new Reader(text).document();
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  document() {
    /** @type {Table} */
    let table = { path: [], list: false, start: this.at, headerEnd: this.at, end: this.at, entries: [] };
    const tables = [table];
    const seen = new Set();
    for (this.take(LINES); this.at < this.text.length; this.take(LINES)) {
      if (this.text[this.at] === "[") {
        table = this.header();
        const name = JSON.stringify(table.path);
        if (!table.list && seen.has(name)) {
          this.fail(`the table ${table.path.join(".")} stands in it twice`);
        }
        seen.add(name);
        tables.push(table);
      } else {
        const entry = this.entry();
        if (table.entries.some((other) => same(other.path, entry.path))) {
          this.fail(`${entry.path.join(".")} stands in it twice`);
        }
        table.entries.push(entry);
        table.end = this.at;
      }
      this.lineEnd();
    }
    return tables;
  }

  /** @returns {Table} */
  header() {
    const start = this.at;
    const list = this.text.startsWith("[[", start);
    this.at += list ? 2 : 1;
    const path = this.key();
    this.expect(list ? "]]" : "]");
    return { path, list, start, headerEnd: this.at, end: this.at, entries: [] };
  }

  /** @returns {Entry} */
  entry() {
    const start = this.at;
    const path = this.key();
    this.expect("=");
    this.take(SPACE);
    const valueStart = this.at;
    const value = this.value(0);
    return { path, start, valueStart, end: this.at, value };
  }

  key() {
    const path = [];
    do {
      this.take(SPACE);
      const quoted = this.tried(BASIC) ?? this.tried(LITERAL);
      path.push(quoted === undefined ? this.match(BARE) : unquoted(quoted));
      this.take(SPACE);
    } while (this.tried(/\./y) !== undefined);
    return path;
  }

  /**
   * @param {number} depth
   * @returns {any}
   */
  value(depth) {
    if (depth > DEEPEST) {
      this.fail("it is nested too deeply");
    }
    const long = this.tried(LONG_BASIC) ?? this.tried(LONG_LITERAL);
    if (long !== undefined) {
      return { long };
    }
    const string = this.tried(BASIC) ?? this.tried(LITERAL);
    if (string !== undefined) {
      return unquoted(string);
    }
    if (this.text[this.at] === "[") {
      return this.array(depth);
    }
    if (this.text[this.at] === "{") {
      return this.inlineTable(depth);
    }
    const boolean = this.tried(BOOLEAN);
    if (boolean !== undefined) {
      return boolean === "true";
    }
    const number = this.tried(NUMBER);
    return number === undefined ? { date: this.match(DATE) } : Number(number.replaceAll("_", ""));
  }

  /** @param {number} depth */
  array(depth) {
    const items = [];
    this.at += 1;
    for (this.take(LINES); this.text[this.at] !== "]"; this.take(LINES)) {
      items.push(this.value(depth + 1));
      this.take(LINES);
      if (this.tried(/,/y) === undefined && this.text[this.at] !== "]") {
        this.fail("a comma or ] is missing");
      }
    }
    this.at += 1;
    return items;
  }

  /** @param {number} depth */
  inlineTable(depth) {
    /** @type {Record<string, any>} */
    const members = {};
    this.at += 1;
    for (this.take(LINES); this.text[this.at] !== "}"; this.take(LINES)) {
      const path = this.key();
      this.expect("=");
      this.take(SPACE);
      members[path.join(".")] = this.value(depth + 1);
      this.take(LINES);
      if (this.tried(/,/y) === undefined && this.text[this.at] !== "}") {
        this.fail("a comma or } is missing");
      }
    }
    this.at += 1;
    return members;
  }

  lineEnd() {
    const before = this.at;
    if (this.tried(LINE_END) === undefined) {
      this.fail("there is more on the line than one entry");
    }
    this.at = Math.max(before, this.at);
  }

  /** @param {RegExp} pattern */
  take(pattern) {
    pattern.lastIndex = this.at;
    pattern.exec(this.text);
    this.at = pattern.lastIndex;
  }

  /** @param {string} characters */
  expect(characters) {
    if (!this.text.startsWith(characters, this.at)) {
      this.fail(`${characters} is missing`);
    }
    this.at += characters.length;
  }

  /**
   * @param {RegExp} pattern
   * @returns {string | undefined}
   */
  tried(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) {
      return undefined;
    }
    this.at = pattern.lastIndex;
    return found[0];
  }

  /** @param {RegExp} pattern */
  match(pattern) {
    return this.tried(pattern) ?? this.fail("something else is expected");
  }

  /**
   * @param {string} what
   * @returns {never}
   */
  fail(what) {
    throw new NotUnderstood(`line ${this.text.slice(0, this.at).split("\n").length}: ${what}`);
  }
}

/** @param {string} quoted */
function unquoted(quoted) {
  if (quoted.startsWith("'")) {
    return quoted.slice(1, -1);
  }
  return quoted
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, two, four, eight, one) => {
      const point = two ?? four ?? eight;
      return point === undefined ? (ESCAPES[one] ?? one) : String.fromCodePoint(Math.min(parseInt(point, 16), 0x10ffff));
    });
}

/** @type {Record<string, string>} */
const ESCAPES = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001b" };

/**
 * @param {string[]} left
 * @param {string[]} right
 */
export function same(left, right) {
  return left.length === right.length && left.every((part, i) => part === right[i]);
}
