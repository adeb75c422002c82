import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Machine } from "./machine.js";

let machine;
let endpoint;
let child;

/** An MCP endpoint that answers by JSON or as an event stream, and knows its sessions until it is restarted. */
class Endpoint {
  constructor() {
    this.asked = [];
    this.sessions = new Set();
    this.stream = false;
    this.status = 0;
  }

  async start(port = 0) {
    this.server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const message = JSON.parse(Buffer.concat(chunks));
      this.asked.push({ message, headers: request.headers });
      const { status, body, headers = {} } = this.answer(message, request.headers);
      if (this.stream && body) {
        response.writeHead(status, { "Content-Type": "text/event-stream", ...headers }).end(`event: message\ndata: {"jsonrpc":"2.0","method":"notifications/message"}\n\nid: 1\ndata: ${JSON.stringify(body)}\n\n`);
      } else {
        response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body ? JSON.stringify(body) : "");
      }
    });
    this.server.listen(port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = this.server.address().port;
  }

  answer({ id, method, params }, headers) {
    if (this.status) return { status: this.status };
    if (headers.authorization !== "Bearer cvb_x") return { status: 401 };
    const result = (value) => ({ status: 200, body: { jsonrpc: "2.0", id, result: value } });
    if (method === "initialize") {
      const session = `session-${this.sessions.size + this.asked.length}`;
      this.sessions.add(session);
      return { ...result({ protocolVersion: params.protocolVersion, capabilities: {} }), headers: { "Mcp-Session-Id": session } };
    }
    if (headers["mcp-session-id"] && !this.sessions.has(headers["mcp-session-id"])) return { status: 404 };
    if (id === undefined) return { status: 202 };
    if (method === "tools/list") return result({ tools: [{ name: "log", inputSchema: { properties: { text: {}, idempotency_key: {} } } }, { name: "find", inputSchema: { properties: {} } }] });
    return result({ content: [{ type: "text", text: JSON.stringify(params?.arguments ?? {}) }] });
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

beforeEach(async () => {
  machine = new Machine();
  endpoint = new Endpoint();
  await endpoint.start();
  machine.write(".covibe/credentials.json", { origin: `http://127.0.0.1:${endpoint.port}`, tokens: { codex: "cvb_x", other: "cvb_wrong" } });
});

afterEach(async () => {
  child?.kill("SIGKILL");
  child = undefined;
  await endpoint.stop();
  machine.remove();
});

function open(...words) {
  child = machine.start("mcp", ...words);
  const answers = [];
  createInterface({ input: child.stdout }).on("line", (line) => answers.push(JSON.parse(line)));
  child.say = (message) => child.stdin.write((typeof message === "string" ? message : JSON.stringify({ jsonrpc: "2.0", ...message })) + "\n");
  child.heard = async (id) => {
    for (let i = 0; i < 200; i++) {
      const found = answers.find((answer) => answer.id === id);
      if (found) return found;
      await pause(25);
    }
    assert.fail(`no answer to ${id}: ${JSON.stringify(answers)}`);
  };
  return child;
}

async function greet(bridge) {
  bridge.say({ id: "hello", method: "initialize", params: { protocolVersion: "2025-11-25" } });
  await bridge.heard("hello");
  bridge.say({ method: "notifications/initialized" });
}

for (const stream of [false, true]) {
  test(`what is said on stdin is answered on stdout, ${stream ? "from an event stream" : "from JSON"}`, async () => {
    endpoint.stream = stream;
    const bridge = open("--agent", "codex");
    await greet(bridge);
    bridge.say({ id: 1, method: "tools/list" });
    assert.equal((await bridge.heard(1)).result.tools.length, 2);
    bridge.say({ id: 2, method: "tools/call", params: { name: "find", arguments: { a: 1 } } });
    assert.equal((await bridge.heard(2)).result.content[0].text, '{"a":1}');
    const { headers } = endpoint.asked.at(-1);
    assert.ok(headers["mcp-session-id"]);
    assert.equal(headers["mcp-protocol-version"], "2025-11-25");
    bridge.stdin.end();
    const [code] = await once(bridge, "exit");
    assert.equal(code, 0);
  });
}

test("what changes something carries a key, so that asking again does nothing twice", async () => {
  const bridge = open("--agent", "codex");
  await greet(bridge);
  bridge.say({ id: 1, method: "tools/list" });
  await bridge.heard(1);
  bridge.say({ id: 2, method: "tools/call", params: { name: "log", arguments: { text: "x" } } });
  bridge.say({ id: 3, method: "tools/call", params: { name: "log", arguments: { text: "x", idempotency_key: "mine" } } });
  bridge.say({ id: 4, method: "tools/call", params: { name: "find", arguments: {} } });
  assert.match((await bridge.heard(2)).result.content[0].text, /"idempotency_key":"bridge-/);
  assert.match((await bridge.heard(3)).result.content[0].text, /"idempotency_key":"mine"/);
  assert.equal((await bridge.heard(4)).result.content[0].text, "{}");
});

test("a server that restarts is waited for, and greeted anew", async () => {
  const bridge = open("--agent", "codex");
  await greet(bridge);
  const { port } = endpoint;
  await endpoint.stop();
  bridge.say({ id: 1, method: "tools/call", params: { name: "find", arguments: { a: 1 } } });
  await pause(600);
  endpoint = new Endpoint();
  await endpoint.start(port);
  assert.equal((await bridge.heard(1)).result.content[0].text, '{"a":1}');
  assert.equal(endpoint.asked.filter(({ message }) => message.method === "initialize").length, 1);
});

test("a server that stays away is an error that the agent can read, and not the end", async () => {
  machine.environment.COVIBE_BRIDGE_RETRY_MS = "300";
  const bridge = open("--agent", "codex");
  await greet(bridge);
  endpoint.status = 503;
  bridge.say({ id: 1, method: "tools/call", params: { name: "find" } });
  const { result } = await bridge.heard(1);
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /503[^]*next: /);
  endpoint.status = 0;
  bridge.say({ id: 2, method: "tools/call", params: { name: "find" } });
  assert.equal((await bridge.heard(2)).result.isError, undefined);
});

test("a token that is not taken, and talk that is no JSON, are said so", async () => {
  const bridge = open("--agent", "other");
  bridge.say("garbage");
  assert.equal((await bridge.heard(null)).error.code, -32700);
  bridge.say({ id: 1, method: "initialize", params: {} });
  assert.match((await bridge.heard(1)).error.message, /covibe-local setup/);
});

test("COVIBE_MCP_TOKEN goes before the stored token", async () => {
  machine.environment.COVIBE_MCP_TOKEN = "cvb_x";
  const bridge = open("--agent", "other");
  bridge.say({ id: 1, method: "initialize", params: {} });
  assert.ok((await bridge.heard(1)).result);
});

test("in a private repository there are no tools, and nothing is said to the server", async () => {
  const web = machine.repository("web");
  machine.write(".covibe/repositories.json", { repositories: { [`${web}/.git`]: { identity: "github.com/acme/web", name: "web", excluded: true } } });
  const { out } = await machine.runWith({ cwd: web, input: '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n' }, "mcp", "--agent", "codex");
  const [greeting, list] = out.trim().split("\n").map((line) => JSON.parse(line));
  assert.match(greeting.result.instructions, /private/);
  assert.deepEqual(list.result.tools, []);
  assert.deepEqual(endpoint.asked, []);
});

test("a repository that becomes private while an agent is at work is private at once", async () => {
  const web = machine.repository("web");
  machine.cwd = web;
  const bridge = open("--agent", "codex");
  await greet(bridge);
  machine.write(".covibe/repositories.json", { repositories: { [`${web}/.git`]: { identity: "github.com/acme/web", name: "web", excluded: true } } });
  bridge.say({ id: 1, method: "tools/call", params: { name: "find", arguments: {} } });
  assert.match((await bridge.heard(1)).result.content[0].text, /private[^]*include/);
  assert.ok(endpoint.asked.every(({ message }) => message.method !== "tools/call"), "the server was asked");
});

test("the daily verbs call the same tools and print the same texts", async () => {
  const said = await machine.run("plan", "Introduce", "passkeys", "--project", "WEB", "--json");
  assert.deepEqual(JSON.parse(JSON.parse(said.out).text), { title: "Introduce passkeys", project: "WEB" });
  assert.match((await machine.run("log", "Half done", "--task", "WEB-1")).out, /"kind":"progress","text":"Half done","task":"WEB-1"/);
  assert.equal((await machine.run("plan")).code, 2);
  endpoint.answer = ({ id }) => ({ status: 200, body: { jsonrpc: "2.0", id, result: { isError: true, content: [{ type: "text", text: "overlap.confirm: looks like WEB-3" }] } } });
  const refused = await machine.run("plan", "Again", "--json");
  assert.equal(refused.code, 6);
  assert.equal(JSON.parse(refused.out).error, "overlap.confirm");
});
