// Self-update between versions that a server serves: whole packages, made from this source.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { unpack } from "../src/tarball.js";
import { compareVersions } from "../src/version.js";
import { FakeServer } from "./fake-server.js";
import { Machine, PROGRAM } from "./machine.js";

const ROOT = new URL("../", import.meta.url);
const DESCRIPTION = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));

let machine;
let server;
let child;

beforeEach(async () => {
  machine = new Machine();
  server = await new FakeServer().start();
  machine.environment.COVIBE_ROUND_MS = "50";
  machine.environment.COVIBE_TELEMETRY_PORT = "0";
  machine.write(".claude/settings.json", "{}");
  const { code, err } = await machine.run("setup", "--base-url", server.origin, "--no-service", "--agents", "claude-code");
  assert.equal(code, 0, err);
  machine.write("project/package.json", '{"name":"host"}');
  machine.write("project/package-lock.json", "{}");
});

afterEach(async () => {
  child?.kill("SIGKILL");
  await server.stop();
  machine.remove();
});

/** A tar archive as npm and the server make them. */
function packed(files) {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("000644 \0", 100);
    header.write(`${body.length.toString(8).padStart(11, "0")} `, 124);
    header.write("        ", 148);
    header.write("0", 156);
    header.write("ustar\u000000", 257);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function release(version, changes = {}) {
  const files = { "package/package.json": JSON.stringify({ ...DESCRIPTION, version }) };
  for (const name of DESCRIPTION.files) files[`package/${name}`] = readFileSync(new URL(name, ROOT));
  for (const [name, content] of Object.entries(changes)) files[`package/${name}`] = content;
  return packed(files);
}

function offer(version, tarball, sha256 = createHash("sha256").update(tarball).digest("hex")) {
  server.tarball = tarball;
  server.manifest = { name: "co-vibe", version, sha256, size: tarball.length, node: ">=20", tarball: "/downloads/co-vibe.tgz" };
}

const current = () => readlinkSync(machine.path(".covibe/companion/current"));
const launcher = () => machine.path(".covibe/bin/covibe-local");
const reported = () => server.to("/api/companion/heartbeat").map(({ text }) => JSON.parse(text)).map(({ version, update }) => [version, update?.outcome]);

/** Runs the service as systemd would: from the launcher. Answers its exit code, or undefined when it stays. */
async function serve(patience = 6000) {
  const { spawn } = await import("node:child_process");
  child = spawn(launcher(), ["watch", "--service"], { cwd: machine.path("project"), env: machine.environment, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = once(child, "exit").then(([code]) => code);
  const code = await Promise.race([ended, pause(patience)]);
  if (code === undefined) {
    child.kill();
    await ended;
  }
  return { code, said };
}

test("a newer version is installed beside the old one, and the service ends to come back as it", async () => {
  const before = current();
  offer("99.0.0", release("99.0.0"));
  const { code, said } = await serve();
  assert.equal(code, 0, said);
  assert.match(current(), /99\.0\.0-/);
  assert.ok(readdirSync(machine.path(".covibe/companion")).includes(before.split("/").at(-1)), "the old one is still there");
  const again = await serve(1500);
  assert.equal(again.code, undefined, "it stays: there is nothing newer");
  assert.equal(reported().at(-1)[0], "99.0.0");
  assert.deepEqual(machine.contents("project", /^$/), { "package.json": '{"name":"host"}', "package-lock.json": "{}" });
});

for (const [what, prepare, outcome] of [
  ["a wrong hash", () => offer("99.0.0", release("99.0.0"), "0".repeat(64)), "wrong-hash"],
  ["a corrupted package", () => offer("99.0.0", release("99.0.0").subarray(0, 2000)), "broken"],
  ["another version than the manifest names", () => offer("99.0.0", release("98.0.0")), "broken"],
  ["a program that does not start", () => offer("99.0.0", release("99.0.0", { "src/watch.js": "throw new Error('no');" })), "broken"],
  ["a program that starts beside the old one and not in its place", () => offer("99.0.0", release("99.0.0", { "bin/covibe-local.js": `if (process.argv[1].includes("current")) process.exit(1);\n${readFileSync(PROGRAM, "utf8").replace("#!/usr/bin/env node", "")}` })), "reverted"],
]) {
  test(`${what} is not kept, is reported, and is not tried again`, async () => {
    const before = current();
    prepare();
    const { code, said } = await serve(2500);
    assert.equal(code, undefined, said);
    assert.match(said, /99\.0\.0 (?:was not installed|did not start)/);
    assert.equal(current(), before);
    assert.ok(!readdirSync(machine.path(".covibe/companion")).some((name) => name.startsWith("new-")));
    const fetched = server.to("/downloads/co-vibe.tgz").length;
    await serve(1000);
    await serve(1000);
    assert.equal(server.to("/downloads/co-vibe.tgz").length, fetched);
    assert.equal(JSON.parse(machine.read(".covibe/update.json")).outcome, outcome);
    assert.deepEqual(reported().at(-1), [DESCRIPTION.version, outcome]);
  });
}

test("an older or equal version, and a manifest without a hash, change nothing", async () => {
  const before = current();
  for (const version of ["0.0.1", DESCRIPTION.version]) {
    offer(version, release(version));
    await serve(1000);
  }
  offer("99.0.0", release("99.0.0"), "");
  await serve(1000);
  assert.equal(current(), before);
  assert.equal(server.to("/downloads/co-vibe.tgz").length, 0);
});

test("a watch that is no service, or runs from a checkout, updates nothing", async () => {
  offer("99.0.0", release("99.0.0"));
  await machine.run("watch", "--once");
  await machine.run("watch", "--once", "--service");
  assert.equal(server.to("/downloads/co-vibe.tgz").length, 0);
});

test("a package that would write elsewhere is refused", () => {
  for (const name of ["package/../../evil", "/etc/evil", "evil", "package//x", "package/a\\b", "package/./x", "package/c:x"]) {
    assert.throws(() => unpack(packed({ [name]: "x" }), machine.path("out")), /must not/, name);
  }
  const link = gunzipSync(packed({ "package/x": "" }));
  link.write("2", 156);
  assert.throws(() => unpack(gzipSync(link), machine.path("out")), /must not/);
  assert.ok(!machine.exists("evil"));
});

test("versions are ordered as npm orders them", () => {
  const ordered = ["nonsense", "0.1.0", "0.9.9", "0.10.0", "1.0.0-rc1", "1.0.0-rc2", "1.0.0", "1.0.1"];
  for (let i = 1; i < ordered.length; i++) {
    assert.ok(compareVersions(ordered[i - 1], ordered[i]) < 0, ordered[i]);
    assert.ok(compareVersions(ordered[i], ordered[i - 1]) > 0, ordered[i]);
    assert.equal(compareVersions(ordered[i], ordered[i]), 0);
  }
});
