import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Machine, PROGRAM } from "./machine.js";

let machine;

beforeEach(() => {
  machine = new Machine();
  // Stands for systemctl: writes down what it is asked.
  machine.write("bin/systemctl", '#!/bin/sh\necho "$*" >>"$HOME/systemctl.log"\n');
  chmodSync(machine.path("bin/systemctl"), 0o755);
  machine.environment.PATH = `${machine.path("bin")}:${machine.environment.PATH}`;
});

afterEach(() => machine.remove());

const UNIT = ".config/systemd/user/covibe-companion.service";
const linux = { skip: process.platform !== "linux" };

test("the unit starts at login, comes back, and holds no token", linux, async () => {
  machine.write(".covibe/credentials.json", { origin: "http://127.0.0.1:1", tokens: { codex: "cvb_secret" } });
  const { code, out } = await machine.run("service", "install");
  assert.equal(code, 0);
  assert.match(out, /enable-linger/);
  const unit = machine.read(UNIT);
  assert.match(unit, /ExecStart=".*\/\.covibe\/bin\/covibe-local" watch --service\n/);
  assert.match(unit, /Restart=always[^]*WantedBy=default\.target/);
  assert.ok(!unit.includes("cvb_"));
  assert.match(machine.read("systemctl.log"), /--user daemon-reload\n--user enable covibe-companion\.service\n--user restart covibe-companion\.service/);
});

test("systemd understands the unit", { skip: !existsSync("/usr/bin/systemd-analyze") }, async () => {
  machine.write(".covibe/bin/covibe-local", "#!/bin/sh\n");
  chmodSync(machine.path(".covibe/bin/covibe-local"), 0o755);
  await machine.run("service", "install");
  const said = execFileSync("systemd-analyze", ["--user", "verify", machine.path(UNIT)], { env: { ...machine.environment, XDG_RUNTIME_DIR: machine.home }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(said, "");
});

test("units of earlier versions, one for each repository, go away", linux, async () => {
  for (const name of ["covibe-companion-web.service", "co-vibe-watch@web.service", "mine.service"]) machine.write(`.config/systemd/user/${name}`, "[Unit]\n");
  await machine.run("service", "install");
  assert.ok(!machine.exists(".config/systemd/user/covibe-companion-web.service") && !machine.exists(".config/systemd/user/co-vibe-watch@web.service"));
  assert.ok(machine.exists(".config/systemd/user/mine.service"));
});

test("status tells whether it runs, and uninstall leaves nothing", linux, async () => {
  assert.equal((await machine.run("service", "status")).code, 1);
  await machine.run("service", "install");
  assert.equal((await machine.run("service", "status")).code, 0);
  machine.write(UNIT, machine.read(UNIT) + "# older\n");
  assert.match((await machine.run("service", "status")).out, /another version/);
  assert.equal((await machine.run("service", "uninstall")).code, 0);
  assert.ok(!machine.exists(UNIT));
});

test("a temporary npx cache is no place for a service, and the fix is printed", async () => {
  const copy = machine.path(".npm/_npx/1234/node_modules/co-vibe");
  cpSync(dirname(dirname(PROGRAM)), copy, { recursive: true, filter: (from) => !/node_modules$|test$/.test(from) });
  const { code, err } = await machine.runWith({ program: join(copy, "bin/covibe-local.js") }, "service", "install");
  assert.equal(code, 1);
  assert.match(err, /npx cache[^]*npm install --save-dev[^]*service install/);
  assert.ok(!machine.exists(UNIT));
});

test("launchd's file is well-formed, and names the same program", async () => {
  process.env.COVIBE_HOME = "/Users/lin & co/.covibe";
  const { plist } = await import("../src/service.js");
  const text = plist();
  delete process.env.COVIBE_HOME;
  assert.match(text, /<key>Label<\/key><string>tech\.covibe\.companion<\/string>/);
  assert.match(text, /<string>\/Users\/lin &amp; co\/\.covibe\/bin\/covibe-local<\/string><string>watch<\/string><string>--service<\/string>/);
  const open = [];
  for (const [, end, name, alone] of text.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (alone) continue;
    if (end) assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.deepEqual(open, []);
});

test("a word that is none is refused", async () => {
  assert.equal((await machine.run("service")).code, 2);
  assert.equal((await machine.run("service", "constructor")).code, 2);
});
