import assert from "node:assert/strict";
import { test } from "node:test";
import { NotUnderstood } from "../src/problem.js";
import { parse } from "../src/toml.js";
import { drop, put, tableAt } from "../src/toml-edit.js";
import { Dice } from "./dice.js";

const COVIBE = ["mcp_servers", "covibe"];
const ENTRIES = { command: "/home/me/.covibe/bin/covibe-local", args: ["mcp", "--agent", "codex"] };

/** TOML as people write it, with numbered comments. */
function scribble(dice) {
  let comments = 0;
  const eol = dice.of(["\n", "\r\n"]);
  const note = () => dice.of(["", "", ` # note ${comments++}`]);
  const value = (depth) =>
    dice.of([
      () => "1_000",
      () => '"a # \\" b"',
      () => "'c:\\x'",
      () => `"""${eol}[not.a.table]${eol}x = 1 ""${eol}"""`,
      () => `'''${eol}[[neither]]${eol}'''`,
      () => "2026-11-21T10:00:00Z",
      () => "true",
      () => (depth > 2 ? "[]" : `[ ${value(depth + 1)}, # note ${comments++}${eol} ${value(depth + 1)} ]`),
      () => (depth > 2 ? "{}" : `{ a = ${value(depth + 1)}, "b c" = ${value(depth + 1)} }`),
    ])();
  const entries = () =>
    Array.from({ length: dice.below(4) }, (_, i) => `${dice.of(["", "  "])}key${i}${dice.of([" = ", "="])}${value(0)}${note()}${eol}`).join("");
  const tables = Array.from({ length: dice.below(4) }, (_, i) => {
    const header = dice.of([`[table${i}]`, `[[list]]`, `[ a."b.c${i}" ]`, `[mcp_servers.other${i}]`, `[mcp_servers.covibe${i}]`]);
    return dice.of(["", eol, `# note ${comments++}${eol}`]) + header + note() + eol + entries();
  });
  const text = entries() + tables.join("");
  return dice.below(4) === 0 ? text.replace(/\r?\n$/, "") : text;
}

const notes = (text) => [...text.matchAll(/note (\d+)/g)].map((match) => match[1]);
const content = (text) => parse(text).map((table) => [table.path, table.list, table.entries.map(({ path, value }) => [path, value])]);

test("whatever a file looks like, a table is set and taken out again, and nothing else is touched", () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const text = scribble(new Dice(seed));
    const changed = put(text, COVIBE, ENTRIES);
    assert.deepEqual(tableAt(changed, COVIBE), ENTRIES, `seed ${seed}`);
    assert.ok(changed.startsWith(text), `seed ${seed}`);
    assert.equal(put(changed, COVIBE, ENTRIES), changed, `seed ${seed}: twice`);
    const more = put(changed, COVIBE, { ...ENTRIES, command: "other", enabled: true });
    assert.deepEqual(tableAt(more, COVIBE), { ...ENTRIES, command: "other", enabled: true }, `seed ${seed}`);
    const removed = drop(more, COVIBE);
    assert.deepEqual(content(removed), content(text), `seed ${seed}`);
    assert.deepEqual(notes(removed), notes(text), `seed ${seed}`);
    assert.ok(removed === text || removed === text + "\n" || removed === text + "\r\n", `seed ${seed}`);
  }
});

test("entries join a table that is there, before what follows it", () => {
  const text = '[otel]\n# mine\nenvironment = "dev" # really\n\n# next\n[tui]\nx = 1\n';
  const changed = put(text, ["otel"], { log_user_prompt: false });
  assert.equal(changed, '[otel]\n# mine\nenvironment = "dev" # really\nlog_user_prompt = false\n\n# next\n[tui]\nx = 1\n');
  assert.equal(drop(changed, ["otel"], ["log_user_prompt"]), text);
});

test("a table that is written in another way is left alone", () => {
  for (const text of [
    'mcp_servers = { covibe = { url = "x" } }\n',
    'mcp_servers.covibe.url = "x"\n',
    '[mcp_servers]\ncovibe = { url = "x" }\n',
    '[mcp_servers]\ncovibe.url = "x"\n',
    "[[mcp_servers]]\nx = 1\n",
  ]) {
    assert.throws(() => put(text, COVIBE, ENTRIES), NotUnderstood, text);
  }
  assert.ok(put('[mcp_servers]\nother = { url = "x" }\n', COVIBE, ENTRIES));
  assert.ok(put("[mcp_servers.covibe.env]\nA = '1'\n", COVIBE, ENTRIES));
});

test("a file that cannot be understood is refused", () => {
  for (const broken of ["[a", "a", "a = ", "a = 1 b = 2", "[a]\n[a]", "a = 1\na = 2", 'a = "x', "a = [1", "= 1", "a = nope", '"""']) {
    assert.throws(() => put(broken, COVIBE, ENTRIES), NotUnderstood, broken);
  }
});
