// Reads JSON with comments, as settings files are written, and remembers where everything stands.
import { NotUnderstood } from "./problem.js";

/**
 * @typedef {{ kind: "object", start: number, end: number, members: Member[] }} ObjectNode
 * @typedef {{ kind: "array", start: number, end: number, members: Member[] }} ArrayNode
 * @typedef {{ kind: "scalar", start: number, end: number, value: any }} ScalarNode
 * @typedef {ObjectNode | ArrayNode | ScalarNode} Node
 * @typedef {{ key: string, start: number, node: Node, end: number, comma: number }} Member
 *   An entry of an object or array; comma is where the comma behind it stands, -1 without one.
 */

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const TRIVIA = /(?:[ \t\r\n\ufeff]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const DEEPEST = 200;

/**
 * @param {string} text
 * @returns {Node}
 */
export function parse(text) {
  const reader = new Reader(text);
  reader.skip();
  const node = reader.node(0);
  reader.skip();
  if (reader.at !== text.length) {
    reader.fail("there is more after its end");
  }
  return node;
}

/**
 * The plain value of a node.
 *
 * @param {Node} node
 * @returns {any}
 */
export function valueOf(node) {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "array":
      return node.members.map((member) => valueOf(member.node));
    case "object":
      return Object.fromEntries(node.members.map((member) => [member.key, valueOf(member.node)]));
  }
}

/**
 * Where a comment or white space that begins at the place ends.
 *
 * @param {string} text
 * @param {number} at
 */
export function triviaEnd(text, at) {
  TRIVIA.lastIndex = at;
  TRIVIA.exec(text);
  return TRIVIA.lastIndex;
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  skip() {
    this.at = triviaEnd(this.text, this.at);
  }

  /**
   * @param {number} depth
   * @returns {Node}
   */
  node(depth) {
    if (depth > DEEPEST) {
      this.fail("it is nested too deeply");
    }
    const start = this.at;
    switch (this.text[start]) {
      case "{":
        return { kind: "object", start, members: this.members("}", depth), end: this.at };
      case "[":
        return { kind: "array", start, members: this.members("]", depth), end: this.at };
      case '"':
        return { kind: "scalar", start, value: this.string(), end: this.at };
      default:
        return { kind: "scalar", start, value: JSON.parse(this.match(SCALAR)), end: this.at };
    }
  }

  /**
   * @param {"}" | "]"} close
   * @param {number} depth
   * @returns {Member[]}
   */
  members(close, depth) {
    /** @type {Member[]} */
    const members = [];
    const keys = new Set();
    this.at += 1;
    for (this.skip(); this.text[this.at] !== close; this.skip()) {
      const start = this.at;
      let key = String(members.length);
      if (close === "}") {
        key = this.string();
        if (keys.has(key)) {
          this.fail(`${JSON.stringify(key)} stands in it twice`);
        }
        keys.add(key);
        this.skip();
        this.expect(":");
        this.skip();
      }
      const node = this.node(depth + 1);
      const end = this.at;
      this.skip();
      const comma = this.text[this.at] === "," ? this.at : -1;
      members.push({ key, start, node, end, comma });
      if (comma >= 0) {
        this.at += 1;
      } else if (this.text[this.at] !== close) {
        this.fail(`a comma or ${close} is missing`);
      }
    }
    this.at += 1;
    return members;
  }

  string() {
    return JSON.parse(this.match(STRING));
  }

  /** @param {string} character */
  expect(character) {
    if (this.text[this.at] !== character) {
      this.fail(`${character} is missing`);
    }
    this.at += 1;
  }

  /** @param {RegExp} pattern */
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) {
      this.fail("something else is expected");
    }
    this.at = pattern.lastIndex;
    return /** @type {RegExpExecArray} */ (found)[0];
  }

  /**
   * @param {string} what
   * @returns {never}
   */
  fail(what) {
    const line = this.text.slice(0, this.at).split("\n").length;
    throw new NotUnderstood(`line ${line}: ${what}`);
  }
}
