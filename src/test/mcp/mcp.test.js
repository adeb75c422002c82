// MCP-7 and MCP-1: the official conformance suite, against two server processes on one database that take turns.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";
import { roundRobin } from "./round-robin.js";
import { run } from "./suite.js";

// Every scenario of the suite that needs no tool, resource or prompt of a fixed name; fixtures.js has the others.
const SCENARIOS = [
  "server-initialize",
  "logging-set-level",
  "ping",
  "tools-list",
  "server-sse-multiple-streams",
  "resources-list",
  "prompts-list",
  "dns-rebinding-protection",
];

const TOOLS = [
  "check_overlap",
  "claim",
  "end_session",
  "find_work",
  "finish",
  "inbox",
  "log",
  "plan",
  "release",
  "report_usage",
  "send_message",
  "start_session",
  "summary",
  "take_task",
];

let servers;
let balancer;

before(async () => {
  const first = await startServer();
  const token = await first.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
  servers = [await startSecondServer(first), first];
  balancer = await roundRobin(
    servers.map((server) => server.origin),
    token,
  );
  await fetch(`${balancer.origin}/api/projects`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ key: "WEB", name: "Web" }),
  });
});

after(async () => {
  balancer?.close();
  await stopServers();
});

for (const scenario of SCENARIOS) {
  test(`The conformance suite passes: ${scenario}`, async () => {
    const { passed, said } = await run(scenario, `${balancer.origin}/api/mcp`);
    assert.ok(passed, said);
  });
}

async function send(message, headers = {}) {
  const answer = await fetch(`${balancer.origin}/api/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
  });
  const text = await answer.text();
  const data = text.startsWith("{") ? text : text.replace(/^[^]*?data: ?/, "");
  return { status: answer.status, session: answer.headers.get("mcp-session-id"), body: data ? JSON.parse(data) : null };
}

const call = (id, name, args, headers) => send({ id, method: "tools/call", params: { name, arguments: args } }, headers);

test("A conversation that began at one server goes on at the other", async () => {
  const hello = await send({
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
  });
  assert.equal(hello.status, 200);
  const session = hello.session ? { "mcp-session-id": hello.session } : {};
  // An odd number of requests between them, so that each server gets the session of the other.
  for (let round = 0; round < 2; round++) {
    const initialized = await send({ method: "notifications/initialized" }, session);
    assert.equal(initialized.status, 202);
    const { body } = await send({ id: 2, method: "tools/list" }, session);
    assert.deepEqual(body.result.tools.map((tool) => tool.name).sort(), TOOLS);
    assert.equal((await call(3, "find_work", { view: "all" }, session)).body.result.isError ?? false, false);
  }
});

test("Work planned at one server is refused as overlap by the other, and taken once", async () => {
  const title = "Retry webhook deliveries on 5xx with back-off";
  const planned = await call(4, "plan", { title, project: "WEB" });
  const key = planned.body.result.structuredContent.task.key;
  const again = await call(5, "plan", { title, project: "WEB" });
  assert.ok(again.body.result.isError);
  assert.match(again.body.result.content[0].text, /^overlap\.confirmation-required/);
  assert.ok(again.body.result.content[0].text.includes(key));
  const races = await Promise.all(Array.from({ length: 100 }, (_, at) => call(10 + at, "take_task", { task: key })));
  const results = races.map((race) => race.body.result);
  assert.equal(results.filter((result) => !result.isError).length, 1);
  const told = results.filter((result) => result.isError && /^task\.already-taken.*@lin/s.test(result.content[0].text));
  assert.equal(told.length, 99);
});
