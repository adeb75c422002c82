import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url);
const DESCRIPTION = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));

test("the package names every file of the program: the server packs what is named", () => {
  const written = ["bin", "src"].flatMap((folder) => readdirSync(new URL(folder, ROOT), { recursive: true }).map((name) => `${folder}/${name}`)).filter((name) => name.endsWith(".js"));
  assert.deepEqual(DESCRIPTION.files, ["README.md", ...written].sort());
});

test("there are no dependencies at run time", () => {
  assert.equal(DESCRIPTION.dependencies, undefined);
  for (const name of DESCRIPTION.files.filter((file) => file.endsWith(".js"))) {
    for (const [, from] of readFileSync(new URL(name, ROOT), "utf8").matchAll(/(?:^|\s)(?:import|export)[^;"]*?from "([^"]+)"|import\("([^"]+)"\)/g)) {
      assert.ok(from === undefined || /^(?:node:|\.)/.test(from), `${name} imports ${from}`);
    }
  }
});

test("the hook imports nothing but the file system and paths", () => {
  const imports = [...readFileSync(new URL("src/hook.js", ROOT), "utf8").matchAll(/^import .* from "([^"]+)";$/gm)].map((match) => match[1]);
  assert.deepEqual(imports, ["node:fs", "node:path"]);
});

test("no file is longer than one sitting", () => {
  for (const name of DESCRIPTION.files) {
    assert.ok(readFileSync(new URL(name, ROOT), "utf8").split("\n").length <= 310, name);
  }
});
