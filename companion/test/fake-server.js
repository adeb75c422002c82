// A server that answers as Co-Vibe does, remembers what it was sent, and misbehaves when told to.
import { once } from "node:events";
import { createServer } from "node:http";

export class FakeServer {
  constructor() {
    this.requests = [];
    this.pending = 1;
    this.deny = false;
    this.trouble = undefined;
    this.claims = [];
    this.messages = [];
    this.ingested = new Map();
    this.have = new Map();
    this.manifest = { name: "co-vibe", version: "0.0.0", sha256: "0", size: 0, node: ">=20" };
    this.tarball = Buffer.alloc(0);
    this.collisions = "warn";
    this.tokens = new Set();
    this.server = createServer((request, response) => this.#serve(request, response));
  }

  async start(port = 0) {
    this.server.listen(port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = this.server.address().port;
    this.origin = `http://127.0.0.1:${this.port}`;
    return this;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  to(path) {
    return this.requests.filter((request) => request.path.startsWith(path));
  }

  async #serve(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const entry = { method: request.method, path: request.url, headers: request.headers, text, token: request.headers.authorization?.slice(7) };
    this.requests.push(entry);
    const trouble = this.trouble?.(entry);
    if (trouble) {
      response.writeHead(trouble.status, { "Content-Type": trouble.type ?? "application/json", ...trouble.headers }).end(trouble.body ?? "");
      return;
    }
    const { status = 200, body, raw } = this.#answer(entry);
    response.writeHead(status, { "Content-Type": raw ? "application/gzip" : "application/json" }).end(raw ?? (body === undefined ? "" : JSON.stringify(body)));
  }

  #answer({ method, path, text, token }) {
    const route = `${method} ${path.split("?")[0]}`;
    const said = text ? JSON.parse(text) : undefined;
    switch (route) {
      case "GET /api/health":
        return { body: { status: "ok", version: "0.1.0" } };
      case "GET /downloads/co-vibe.json":
        return { body: this.manifest };
      case "GET /downloads/co-vibe.tgz":
        return { raw: this.tarball };
      case "POST /api/setup/device":
        this.wanted = said.agents;
        return { body: { device_code: "dev-1", user_code: "BCDF-GHJK", verification_uri: "/setup/authorize", verification_uri_complete: "/setup/authorize?code=BCDF-GHJK", interval: 1, expires_in: 30 } };
      case "POST /api/setup/device/token":
        return this.#grant();
    }
    if (!this.tokens.has(token)) {
      return { status: 401, body: { title: "Unauthorized", code: "identity.token-unknown", detail: "This token is not known." } };
    }
    switch (route) {
      case "GET /api/projects":
        return { body: { items: [] } };
      case "GET /api/claims":
        return { body: { items: this.claims } };
      case "GET /api/inbox":
        return { body: { messages: this.messages, unread: this.messages.length } };
      case "POST /api/ingest":
        for (const item of said.items) this.ingested.set(item.id ?? JSON.stringify(item), item);
        return { body: { accepted: said.items.length, duplicates: 0, refused: 0, results: said.items.map(() => ({ status: "accepted" })) } };
      case "POST /api/snapshots":
        return { body: this.#receive(said) };
      case "DELETE /api/snapshots":
        return { body: { worktrees: 1, commits: 2 } };
      case "POST /api/companion/heartbeat":
        return { body: { time: new Date().toISOString(), developer: "lin", workspace: "Core", collisions: this.collisions, companion: this.manifest, update_available: false } };
      default:
        if (path.startsWith("/api/otlp/v1/")) return { body: {} };
        return { status: 404, body: { title: "Not found" } };
    }
  }

  #grant() {
    if (this.deny) return { status: 400, body: { error: "access_denied" } };
    if (this.pending-- > 0) return { status: 400, body: { error: "authorization_pending" } };
    const tokens = this.wanted.map((agent) => ({ agent, token: `cvb_${agent}_secret` }));
    tokens.forEach(({ token }) => this.tokens.add(token));
    return { body: { tokens, developer: "lin", workspace: "Core", company: "Acme" } };
  }

  /** History as the server keeps it: it asks for what it does not have. */
  #receive({ repository, worktrees, commits, machine }) {
    if (repository.private) return { stored: 0, missing_heads: [], missing_parents: [], have: [] };
    const key = `${machine} ${repository.remote ?? repository.root}`;
    const have = this.have.get(key) ?? new Map();
    this.have.set(key, have);
    const before = have.size;
    for (const commit of commits) have.set(commit.sha, commit.parents);
    const parents = [...have.values()].flat().filter((sha) => !have.has(sha));
    return {
      stored: have.size - before,
      missing_heads: worktrees.map((tree) => tree.head).filter((sha) => !have.has(sha)),
      missing_parents: [...new Set(parents)],
      have: [...have.keys()].slice(0, 200),
    };
  }
}
