// Where agents on this machine report by OpenTelemetry: a port of the loopback. What is kept of a report is what the
// server would keep; the rest is dropped before it touches the disk.
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { existsSync } from "node:fs";
import { inHome } from "./home.js";
import { keepTelemetry } from "./spool.js";
import { strippedTelemetry } from "./telemetry.js";

const LARGEST = 16 * 1024 * 1024;
const ADDRESS = /^\/covibe\/(claude-code|codex|gemini-cli)(?:\/|$)/;

/**
 * @param {number} port
 * @param {(problem: string) => void} complain
 * @returns {Promise<{ close: () => void }>}
 */
export async function receiveTelemetry(port, complain) {
  const server = createServer((request, response) => {
    /** @param {number} status */
    const answer = (status) => response.writeHead(status, { "Content-Type": "application/json" }).end("{}");
    take(request, port).then(answer, (error) => {
      complain(`What an agent reported could not be kept: ${error.message}`);
      answer(503);
    });
  });
  server.requestTimeout = 30_000;
  await new Promise((resolve) => {
    server.once("error", (error) => {
      complain(`Nothing can be received on port ${port}: ${error.message}`);
      resolve(undefined);
    });
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  return { close: () => server.close() };
}

/** @param {import("node:http").IncomingMessage} request @param {number} port @returns {Promise<number>} the status */
async function take(request, port) {
  const agent = ADDRESS.exec(request.url ?? "")?.[1];
  // A page in a browser may not report: its requests have another host or an origin.
  const isLocal = [`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? "") && !request.headers.origin;
  if (!agent || request.method !== "POST" || !isLocal) {
    request.resume();
    return 404;
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST) {
      return 413;
    }
    chunks.push(chunk);
  }
  const report = read(Buffer.concat(chunks), request.headers["content-encoding"]);
  if (report === undefined) {
    return 415;
  }
  for (const [field, signal] of Object.entries({ resourceLogs: "logs", resourceMetrics: "metrics", resourceSpans: "traces" })) {
    const stripped = report[field] && strippedTelemetry(signal, report, isPrivateSession);
    if (stripped) {
      keepTelemetry(agent, signal, JSON.stringify(stripped));
    }
  }
  return 200;
}

/** @param {Buffer} body @param {string | undefined} encoding @returns {any} */
function read(body, encoding) {
  try {
    const plain = encoding === "gzip" ? gunzipSync(body, { maxOutputLength: 2 * LARGEST }) : body;
    const report = JSON.parse(plain.toString("utf8"));
    return typeof report === "object" && report !== null ? report : undefined;
  } catch {
    return undefined;
  }
}

/** Hooks leave a mark for each session in a repository that is kept private. @param {string} session */
const isPrivateSession = (session) => existsSync(inHome("private", session.replace(/[^\w-]/g, "").slice(0, 100)));
