// What agents do: a working day with every MCP tool in it, their exporters, and the stream of news.
import { createHash } from "node:crypto";
import { bearer, check, expect, json, mark, must, origin, post } from "./asking.js";

async function rpc(method, params, id = 1) {
  const answer = await expect("/api/mcp", 200, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
  });
  const text = answer.bytes.toString();
  const message = JSON.parse(text.startsWith("{") ? text : text.split("\n").findLast((line) => line.startsWith("data:")).slice(5));
  must(!message.error, JSON.stringify(message.error));
  return message.result;
}

/** A working day of one agent, with every tool in it. */
const DAY = [
  ["start_session", { repository: `github.com/acme/smoke-${mark}`, branch: "main", agent_name: "smoke" }],
  ["check_overlap", { title: `Polish the ${mark} lighthouse lens` }],
  ["plan", { title: `Polish the ${mark} lighthouse lens`, paths: [`lens/${mark}/**`] }],
  ["find_work", { view: "ready" }],
  ["take_task", (found) => ({ task: found })],
  ["claim", { paths: [`lens/${mark}/**`] }],
  ["log", { kind: "progress", text: "The lens is clean on one side." }],
  ["send_message", (found) => ({ to: [found], text: "Half of it is done." })],
  ["inbox", {}],
  ["report_usage", { model: "claude-sonnet-4-5", input: 1200, output: 80 }],
  ["summary", { of: "week" }],
  ["release", {}],
  ["finish", { outcome: "done", summary: "The lens shines." }],
  ["end_session", { outcome: "done" }],
];

export async function mcp() {
  await check("MCP initialize", () =>
    rpc("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "smoke", version: "1" } }));
  const offered = new Set();
  await check("MCP tools/list", async () => {
    for (const tool of (await rpc("tools/list", {})).tools) offered.add(tool.name);
    const left = [...offered].filter((name) => !DAY.some(([tool]) => tool === name));
    must(left.length === 0, `this suite does not call ${left.join(", ")}`);
  });
  await check("MCP prompts and resources", async () => {
    await rpc("resources/list", {});
    await rpc("ping", {});
  });
  let task = "";
  for (const [name, given] of DAY) {
    await check(`MCP ${name}`, async () => {
      const result = await rpc("tools/call", { name, arguments: typeof given === "function" ? given(task) : given });
      const text = result.content?.map((part) => part.text).join("\n") ?? "";
      must(!result.isError, text);
      if (name === "plan") task = /\b[A-Z][A-Z0-9]*-\d+\b/.exec(text)?.[0] ?? "";
    });
  }
}

/** What each agent's exporter sends: a metric, a log record and a span, as JSON; and the empty message as protobuf. */
const now = () => `${Date.now()}000000`;
const attributes = (values) => Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }));
const resource = { attributes: attributes({ "service.name": "claude-code" }) };
const EXPORTED = {
  metrics: () => ({
    resourceMetrics: [{
      resource,
      scopeMetrics: [{
        metrics: [{
          name: "claude_code.token.usage",
          sum: {
            aggregationTemporality: 1,
            isMonotonic: true,
            dataPoints: [{
              asInt: "12",
              startTimeUnixNano: now(),
              timeUnixNano: now(),
              attributes: attributes({ "session.id": `smoke-${mark}`, model: "claude-sonnet-4-5", type: "input" }),
            }],
          },
        }],
      }],
    }],
  }),
  logs: () => ({
    resourceLogs: [{
      resource,
      scopeLogs: [{
        logRecords: [{
          timeUnixNano: now(),
          body: { stringValue: "claude_code.api_request" },
          attributes: attributes({
            "event.name": "api_request", "session.id": `smoke-${mark}`, model: "claude-sonnet-4-5",
            input_tokens: "10", output_tokens: "5", duration_ms: "700",
          }),
        }],
      }],
    }],
  }),
  traces: () => ({
    resourceSpans: [{
      resource,
      scopeSpans: [{
        spans: [{
          traceId: createHash("md5").update(mark).digest("hex"),
          spanId: createHash("md5").update(`span ${mark}`).digest("hex").slice(0, 16),
          name: "tool call",
          kind: 1,
          startTimeUnixNano: now(),
          endTimeUnixNano: now(),
          attributes: attributes({ "session.id": `smoke-${mark}` }),
        }],
      }],
    }],
  }),
};

export async function otlp() {
  for (const [signal, exported] of Object.entries(EXPORTED)) {
    await check(`OTLP ${signal} as JSON`, () => post(`/api/otlp/v1/${signal}`, exported()));
    await check(`OTLP ${signal} as protobuf`, () =>
      expect(`/api/otlp/v1/${signal}`, 200, {
        method: "POST",
        headers: { ...bearer, "content-type": "application/x-protobuf" },
        body: new Uint8Array(),
      }));
  }
}

/** News comes through an open stream, with what it is about. */
export async function stream() {
  await check("event stream", async () => {
    const end = new AbortController();
    const patience = setTimeout(() => end.abort(new Error("nothing came within 20 s")), 20_000);
    const answer = await fetch(`${origin}/api/events/stream`, {
      headers: { ...bearer, accept: "text/event-stream" },
      signal: end.signal,
    });
    must(answer.status === 200, `${answer.status}`);
    let heard = "";
    const decoder = new TextDecoder();
    let noted = false;
    for await (const chunk of answer.body) {
      heard += decoder.decode(chunk, { stream: true });
      if (!noted && heard.includes("hello")) {
        noted = true;
        await post("/api/tasks", { title: `Rewire the ${mark} foghorn` }, 201);
      }
      if (/event: ?work/.test(heard) && /"kind":"planned"/.test(heard)) break;
    }
    clearTimeout(patience);
    end.abort();
    must(/"kind":"planned"/.test(heard), `the news is not told: ${heard.slice(-300)}`);
  });
}
