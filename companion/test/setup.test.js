import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeServer } from "./fake-server.js";
import { Machine } from "./machine.js";

let machine;
let server;

beforeEach(async () => {
  machine = new Machine();
  server = await new FakeServer().start();
});

afterEach(async () => {
  machine.remove();
  await server.stop();
});

const SETTINGS = `{
    // I like it this way
    "model": "opus",
    "hooks": {
        "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }], // mine
    },
    "statusLine": { "type": "command", "command": "date" }
}
`;
const CONFIG = `# Codex\nmodel = "gpt-6"\n\n[mcp_servers.docs] # stays\ncommand = "docs"\n`;

function furnish() {
  machine.write(".claude/settings.json", SETTINGS);
  machine.write(".claude.json", '{"numStartups": 7, "mcpServers": {"docs": {"type": "http", "url": "https://docs.example"}}}');
  machine.write(".codex/config.toml", CONFIG);
  machine.write(".cursor/mcp.json", "{}\n");
  machine.write(".gemini/settings.json", '{\r\n  "ui": {"theme": "Dark"}\r\n}\r\n');
}

const connect = (...more) => machine.run("setup", "--base-url", server.origin, "--no-service", ...more);

test("setup connects every agent that is there, and leaves everything else in their files as it was", async () => {
  furnish();
  const { code, out, err } = await connect();
  assert.equal(code, 0, err);
  assert.match(err, /BCDF-GHJK/);
  assert.match(err, /exclude/);
  assert.match(err, /\/hooks in Codex/);
  assert.match(out, /Claude Code: mcp changed, hooks changed, telemetry changed/);
  assert.deepEqual(server.wanted, ["claude-code", "codex", "cursor", "gemini-cli"]);

  assert.equal(machine.mode(".covibe"), 0o700);
  assert.equal(machine.mode(".covibe/credentials.json"), 0o600);
  assert.deepEqual(machine.json(".covibe/credentials.json").tokens.codex, "cvb_codex_secret");

  const settings = machine.read(".claude/settings.json");
  assert.ok(settings.includes("// I like it this way") && settings.includes("// mine") && settings.includes('"command": "say done"'));
  assert.match(settings, /covibe-hook claude-code SessionStart/);
  assert.match(settings, /"OTEL_EXPORTER_OTLP_ENDPOINT": "http:\/\/127\.0\.0\.1:47113\/covibe\/claude-code"/);
  assert.deepEqual(machine.json(".claude.json").mcpServers.docs, { type: "http", url: "https://docs.example" });
  assert.deepEqual(machine.json(".claude.json").mcpServers.covibe, { type: "stdio", command: machine.path(".covibe/bin/covibe-local"), args: ["mcp", "--agent", "claude-code"] });
  assert.ok(machine.read(".codex/config.toml").startsWith(CONFIG));
  assert.match(machine.read(".codex/config.toml"), /\[mcp_servers\.covibe\]\ncommand = /);
  assert.ok(machine.json(".codex/hooks.json").hooks.PreToolUse);
  assert.equal(machine.json(".cursor/hooks.json").version, 1);
  assert.ok(machine.json(".gemini/settings.json").hooks.BeforeTool);
  assert.ok(!/[^\r]\n/.test(machine.read(".gemini/settings.json")));

  const written = Object.values(machine.contents()).join("\n");
  assert.ok(!written.includes("_secret"), "no token stands in an agent's file");
});

test("a second setup changes nothing and asks nobody", async () => {
  furnish();
  await connect();
  const before = machine.contents(".", /^\.covibe\/spool/);
  const asked = server.to("/api/setup").length;
  const { code, out } = await connect();
  assert.equal(code, 0);
  assert.match(out, /Nothing had to be changed/);
  assert.deepEqual(machine.contents(".", /^\.covibe\/spool/), before);
  assert.equal(server.to("/api/setup").length, asked);
});

test("undo puts back byte for byte what was there, and deletes what was not", async () => {
  furnish();
  const before = machine.contents();
  await connect();
  assert.notDeepEqual(machine.contents(), before);
  const { code } = await machine.run("setup", "--undo");
  assert.equal(code, 0);
  assert.deepEqual(machine.contents(), before);
  assert.ok(!machine.exists(".covibe/credentials.json"));
});

test("undo after somebody else changed a file takes out our entries alone", async () => {
  furnish();
  await connect();
  machine.write(".claude.json", machine.read(".claude.json").replace('"numStartups": 7', '"numStartups": 8'));
  machine.write(".codex/config.toml", machine.read(".codex/config.toml") + "\n[tui]\nx = 1\n");
  await connect();
  assert.equal((await machine.run("setup", "--undo")).code, 0);
  assert.deepEqual(machine.json(".claude.json"), { numStartups: 8, mcpServers: { docs: { type: "http", url: "https://docs.example" } } });
  assert.ok(!/covibe|otel/.test(machine.read(".codex/config.toml")));
  assert.match(machine.read(".codex/config.toml"), /\[mcp_servers\.docs\] # stays\ncommand = "docs"\n[^]*\[tui\]\nx = 1\n/);
  assert.equal(machine.read(".claude/settings.json"), SETTINGS);
});

test("a file that cannot be understood is left alone, and the lines to add are printed", async () => {
  furnish();
  machine.write(".codex/config.toml", "mcp_servers = { docs = 1 \n");
  machine.write(".claude/settings.json", '{"hooks": ');
  const { code, err } = await connect();
  assert.equal(code, 5);
  assert.equal(machine.read(".codex/config.toml"), "mcp_servers = { docs = 1 \n");
  assert.equal(machine.read(".claude/settings.json"), '{"hooks": ');
  assert.match(err, /config\.toml was left alone: line/);
  assert.match(err, / {4}\[mcp_servers\.covibe\]\n {4}command = /);
  assert.ok(machine.json(".claude.json").mcpServers.covibe, "the other files are done all the same");
});

test("who reports to something else already keeps doing so", async () => {
  machine.write(".claude/settings.json", '{"env": {"OTEL_EXPORTER_OTLP_ENDPOINT": "https://mine.example"}}');
  machine.write(".codex/config.toml", '[otel]\nexporter = { otlp-http = { endpoint = "https://mine.example", protocol = "json" } }\n');
  const { code, err } = await connect("--agents", "claude-code,codex");
  assert.equal(code, 5);
  assert.match(err, /report to something else already/);
  assert.equal(machine.json(".claude/settings.json").env.OTEL_EXPORTER_OTLP_ENDPOINT, "https://mine.example");
  assert.ok(machine.json(".claude/settings.json").hooks.Stop);
  assert.match(machine.read(".codex/config.toml"), /mine\.example/);
  assert.match(machine.read(".codex/config.toml"), /mcp_servers\.covibe/);
});

test("a dry run writes nothing and asks nobody", async () => {
  furnish();
  const before = machine.contents(".", /^$/);
  const { code, out } = await connect("--dry-run", "--json");
  assert.equal(code, 0);
  const said = JSON.parse(out);
  assert.equal(said.connected, "wanted");
  assert.ok(said.changed.length >= 9);
  assert.deepEqual(machine.contents(".", /^$/), before);
  assert.equal(server.to("/api/setup").length, 0);
});

test("without hooks there are no hooks", async () => {
  furnish();
  await connect("--no-hooks");
  assert.ok(!machine.read(".claude/settings.json").includes("covibe-hook"));
  assert.ok(!machine.exists(".codex/hooks.json"));
});

test("a token that is given is checked, goes before the stored one, and is written nowhere", async () => {
  furnish();
  server.tokens.add("cvb_given");
  const { code, err } = await machine.runWith({ env: { COVIBE_MCP_TOKEN: "cvb_given" } }, "setup", "--base-url", server.origin, "--no-service");
  assert.equal(code, 0, err);
  assert.equal(server.to("/api/setup").length, 0);
  assert.ok(!JSON.stringify(machine.contents(".", /^$/)).includes("cvb_given"));
  server.tokens.clear();
  const refused = await machine.runWith({ env: { COVIBE_MCP_TOKEN: "cvb_given" } }, "setup", "--base-url", server.origin, "--no-service");
  assert.equal(refused.code, 3);
});

test("an address that is none is refused before anything is written or asked", async () => {
  machine.write(".claude/settings.json", "{}");
  for (const wrong of ["nonsense", "ftp://x.example", "http://covibe.example", "https://u:p@x.example", "https://x.example/path", "https://x.example/?a", "https://x.example/#", "https://x.example?", "http://8.8.8.8", "http://127.0.0.1.evil.example"]) {
    const { code, err } = await machine.run("setup", "--base-url", wrong);
    assert.equal(code, 2, wrong);
    assert.match(err, /--base-url/);
  }
  assert.deepEqual(Object.keys(machine.contents(".", /^$/)), [".claude/settings.json"]);
});

test("a server that is none, is away, or redirects gets nothing and changes nothing", async () => {
  furnish();
  const before = machine.contents();
  server.trouble = () => ({ status: 200, type: "text/html", body: "<h1>Sign in</h1>" });
  assert.equal((await connect()).code, 4);
  server.trouble = () => ({ status: 302, headers: { Location: "https://evil.example/" } });
  assert.equal((await connect()).code, 4);
  assert.equal((await machine.run("setup", "--base-url", "http://127.0.0.1:9", "--json")).code, 4);
  assert.deepEqual(machine.contents(), before);
});

test("a denied request connects nothing", async () => {
  furnish();
  const before = machine.contents();
  server.deny = true;
  const { code, err } = await connect();
  assert.equal(code, 3);
  assert.match(err, /denied/);
  assert.deepEqual(machine.contents(), before);
});

test("every error ends with the next step, in JSON too, and with its own exit code", async () => {
  const { code, out, err } = await machine.run("setup", "--json");
  assert.equal(code, 2);
  assert.ok(JSON.parse(out).next);
  assert.match(err, /Run: covibe-local setup/);
  assert.equal((await machine.run("nonsense")).code, 2);
  assert.equal((await machine.run("setup", "--nonsense")).code, 2);
});
