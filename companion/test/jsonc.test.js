import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, valueOf } from "../src/jsonc.js";
import { append, drop, put, same, valueAt } from "../src/jsonc-edit.js";
import { NotUnderstood } from "../src/problem.js";
import { Dice } from "./dice.js";

const OURS = ["hooks", "SessionStart"];

/** JSON as people write it: comments, odd spacing, commas at the end. Every comment is numbered. */
function scribble(dice) {
  let comments = 0;
  const eol = dice.of(["\n", "\r\n"]);
  const gap = () => dice.of(["", " ", eol + "  ", "\t", ` /* note ${comments++} */ `, ` // note ${comments++}${eol}`]);
  const value = (depth) => {
    const kind = depth > 3 ? 0 : dice.below(4);
    if (kind === 1) return `[${list(dice.below(4), () => value(depth + 1))}]`;
    if (kind >= 2) return object(depth + 1, "k");
    return dice.of(["1", "-2.5e3", '"a // b"', '"\\u00e9\\"}"', "true", "null", '""', '"{"']);
  };
  const list = (count, item) => {
    const items = Array.from({ length: count }, () => gap() + item() + gap());
    return items.join(",") + (count > 0 && dice.below(4) === 0 ? "," + gap() : count === 0 ? gap() : "");
  };
  const object = (depth, prefix) => {
    let key = 0;
    return `{${list(dice.below(5), () => `"${prefix}${key++}"${gap()}:${gap()}${value(depth)}`)}}`;
  };
  return gap() + object(0, "top") + gap();
}

const notes = (text) => [...text.matchAll(/note (\d+)/g)].map((match) => match[1]);

test("whatever a file looks like, an entry is set and taken out again, and nothing else is touched", () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const dice = new Dice(seed);
    const text = scribble(dice);
    const before = valueOf(parse(text));
    const entry = { type: "command", command: "run\n\"it\"", timeout: dice.below(99) };
    const path = dice.of([["mcpServers", "covibe"], ["top0x"], ["env", "A", "B"]]);
    const changed = put(text, path, entry);
    assert.deepEqual(valueAt(changed, path), entry, `seed ${seed}`);
    assert.deepEqual(notes(changed), notes(text), `seed ${seed}: comments`);
    assert.deepEqual({ ...valueOf(parse(changed)), [path[0]]: undefined }, { ...before, [path[0]]: undefined });
    assert.equal(put(changed, path, entry), changed, `seed ${seed}: twice`);
    assert.ok(!text.includes("\r\n") || !/(^|[^\r])\n/.test(changed), `seed ${seed}: line ends`);
    const removed = drop(changed, path);
    assert.deepEqual(valueOf(parse(removed)), before, `seed ${seed}\n${text}\n--\n${changed}\n--\n${removed}`);
    assert.deepEqual(notes(removed), notes(text), `seed ${seed}: comments after`);
  }
});

test("whatever a file looks like, an entry comes to the end of a list that is there", () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const text = put(scribble(new Dice(seed)), ["hooks", "SessionStart"], [{ theirs: 1 }]);
    const changed = append(text, OURS, { ours: [1, 2] });
    assert.deepEqual(valueAt(changed, OURS), [{ theirs: 1 }, { ours: [1, 2] }], `seed ${seed}`);
    assert.deepEqual(valueAt(drop(changed, [...OURS, 1]), OURS), [{ theirs: 1 }], `seed ${seed}`);
    assert.deepEqual(notes(changed), notes(text));
  }
});

test("a file as people have it reads afterwards as if they had written it", () => {
  const text = '{\n    // mine\n    "model": "opus", // fast\n    "env": {\n        "A": "1"\n    }\n}\n';
  assert.equal(
    append(put(text, ["env", "B"], "2"), ["hooks", "Stop"], { x: 1 }),
    '{\n    // mine\n    "model": "opus", // fast\n    "env": {\n        "A": "1",\n        "B": "2"\n    },\n    "hooks": {\n        "Stop": [\n            {\n                "x": 1\n            }\n        ]\n    }\n}\n',
  );
  assert.equal(put("", ["a", "b"], 1), '{\n  "a": {\n    "b": 1\n  }\n}\n');
  assert.equal(put('{"a":1}', ["b"], { c: 2 }), '{"a":1, "b": {"c":2}}');
  assert.equal(put("{}\n", ["b"], 2), '{\n  "b": 2\n}\n');
  assert.equal(drop(put("{}\n", ["b", "c"], 2), ["b", "c"]), "{}\n".replace("{}", "{\n}"));
});

test("a file that cannot be understood is refused", () => {
  for (const broken of ["{", "[1,]x", '{"a":1 "b":2}', '{"a":1,"a":2}', "{'a':1}", "{a:1}", "nul", "{,}", '{"a":}', '"\n"', "[".repeat(500)]) {
    assert.throws(() => put(broken, ["x"], 1), NotUnderstood, broken);
  }
  assert.throws(() => put("[]", ["x"], 1), NotUnderstood);
  assert.throws(() => put('{"hooks":[]}', ["hooks", "a"], 1), NotUnderstood);
  assert.throws(() => append('{"a":{}}', ["a"], 1), NotUnderstood);
});

test("equality does not mind the order of keys", () => {
  assert.ok(same({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }));
  assert.ok(!same({ a: 1 }, { a: 1, b: undefined }));
  assert.ok(!same([1], { 0: 1 }));
});
