// WorkOS with AuthKit, as far as sign-in and onboarding see it, made from its public description: the hosted sign-in
// page with its own session, codes that work once and only with their PKCE verifier, authenticate with form bodies, access
// tokens without audience and email, the key set and sign-out. What it keeps of people is in workos-directory.js.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Directory, json, next, Refused } from "./workos-directory.js";

const CODE_LIFE_MS = 10 * 60_000;
const TOKEN_LIFE_S = 300;
const SESSION = "authkit_session";

const base64url = (value) => Buffer.from(value).toString("base64url");

export class WorkosFake extends Directory {
  clientId = next("client");
  apiKey = `sk_test_${randomBytes(16).toString("hex")}`;
  /** Every request, for what a scene wants to know of it: {method, path, form}. */
  asked = [];
  /** Calls that are to fail, such as "POST /organizations". */
  broken = new Set();
  redirects = [];
  #codes = new Map();
  #sessions = new Map();
  #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

  async start() {
    this.server = createServer((request, response) => this.#serve(request, response)).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.server.unref();
    // Another host name than the server's own: cookies do not tell ports apart.
    this.origin = `http://localhost:${this.server.address().port}`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** How many browsers are signed in at AuthKit. */
  signedIn() {
    return this.#sessions.size;
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.origin);
    const body = await text(request);
    const operation = `${request.method} ${url.pathname}`;
    const exchange = { request, response, url, body, form: new URLSearchParams(body) };
    this.asked.push({ method: request.method, path: url.pathname, query: url.searchParams, form: exchange.form });
    try {
      if (this.broken.has(operation)) {
        throw new Refused(500, "server_error", "Something is broken.");
      }
      this.#answer(operation, exchange);
    } catch (refused) {
      json(response, refused.status ?? 500, { code: refused.code ?? "server_error", message: refused.message });
    }
  }

  #answer(operation, exchange) {
    const { url, response } = exchange;
    switch (operation) {
      case "GET /user_management/authorize":
        return this.#authorize(exchange);
      case "POST /sign-in":
        return this.#signIn(exchange);
      case "POST /user_management/authenticate":
        return this.#authenticate(exchange);
      case `GET /sso/jwks/${this.clientId}`:
      case "GET /oauth2/jwks":
        return json(response, 200, { keys: [{ ...this.#keys.publicKey.export({ format: "jwk" }), kid: "key-1", use: "sig", alg: "RS256" }] });
      case "GET /user_management/sessions/logout":
        return this.#signOut(exchange);
      default:
        this.#authorized(exchange);
        return this.rest(operation, url, exchange);
    }
  }

  /** The hosted page: it asks who is there unless AuthKit knows the browser, and which organization where there are several. */
  #authorize({ url, request, response }) {
    const query = url.searchParams;
    if (query.get("client_id") !== this.clientId || query.get("response_type") !== "code" || query.get("provider") !== "authkit") {
      throw new Refused(422, "invalid_request", "client_id, response_type and provider are required.");
    }
    if (!this.redirects.includes(query.get("redirect_uri"))) {
      throw new Refused(422, "redirect_uri_mismatch", `This redirect URI is not allowed: ${query.get("redirect_uri")}`);
    }
    if (query.get("code_challenge_method") !== "S256" || !query.get("code_challenge") || !query.get("state")) {
      throw new Refused(422, "invalid_request", "This client uses PKCE and state.");
    }
    const session = cookies(request)[SESSION];
    const user = this.#sessions.get(session);
    return user ? this.#choose(response, query, user, session) : page(response, "Sign in with AuthKit", `
      <form method="post" action="/sign-in"><input type="hidden" name="query" value="${escaped(query)}">
      <label>Email at AuthKit <input name="email" type="email"></label><button>Continue</button></form>
      <a href="${escaped(`${query.get("redirect_uri")}?error=access_denied&state=${query.get("state")}`)}">Cancel</a>`);
  }

  #signIn({ form, response }) {
    const query = new URLSearchParams(form.get("query"));
    const user = [...this.users.values()].find(({ email }) => email === form.get("email"));
    if (!user) {
      throw new Refused(404, "user_not_found", "Nobody is called so.");
    }
    const session = next("session");
    this.#sessions.set(session, user);
    response.setHeader("Set-Cookie", `${SESSION}=${session}; Path=/; HttpOnly; SameSite=Lax`);
    this.#choose(response, query, user, session);
  }

  #choose(response, query, user, session) {
    const invitation = query.get("invitation_token");
    const accepted = invitation ? this.accept(user, invitation) : null;
    const mine = this.organizationsOf(user.id);
    const wanted = accepted ?? query.get("organization_id");
    if (wanted && !mine.some((membership) => membership.organization_id === wanted)) {
      throw new Refused(403, "organization_membership_not_found", "You are no member there.");
    }
    if (!wanted && mine.length > 1) {
      const links = mine.map((membership) => {
        query.set("organization_id", membership.organization_id);
        return `<a href="/user_management/authorize?${escaped(query)}">${membership.organization_name}</a>`;
      });
      return page(response, "Choose an organization", links.join(" "));
    }
    const code = randomBytes(16).toString("hex");
    this.#codes.set(code, {
      user,
      session,
      organization: wanted ?? mine[0]?.organization_id,
      redirect: query.get("redirect_uri"),
      challenge: query.get("code_challenge"),
      until: Date.now() + CODE_LIFE_MS,
    });
    response.writeHead(302, { Location: `${query.get("redirect_uri")}?${new URLSearchParams({ code, state: query.get("state") })}` }).end();
  }

  #authenticate({ form, response, request }) {
    if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
      throw new Refused(400, "invalid_request", "This fake takes form bodies.");
    }
    if (form.get("client_id") !== this.clientId || form.get("client_secret") !== this.apiKey) {
      throw new Refused(401, "invalid_client", "Wrong client.");
    }
    const given = this.#codes.get(form.get("code"));
    this.#codes.delete(form.get("code"));
    const challenge = base64url(createHash("sha256").update(form.get("code_verifier") ?? "").digest());
    if (form.get("grant_type") !== "authorization_code" || !given || given.until < Date.now() || given.challenge !== challenge) {
      throw new Refused(400, "invalid_grant", "The code is invalid or was used.");
    }
    json(response, 200, {
      user: given.user,
      ...(given.organization ? { organization_id: given.organization } : {}),
      access_token: this.token({
        iss: `${this.origin}/user_management/${this.clientId}`,
        sub: given.user.id,
        sid: given.session,
        jti: next("jti"),
        ...(given.organization ? { org_id: given.organization, role: "member", permissions: [] } : {}),
      }),
      refresh_token: randomBytes(12).toString("hex"),
      authentication_method: "Password",
    });
  }

  token(claims) {
    const now = Math.floor(Date.now() / 1000);
    const parts = [{ alg: "RS256", kid: "key-1" }, { iat: now, exp: now + TOKEN_LIFE_S, ...claims }];
    const signed = parts.map((part) => base64url(JSON.stringify(part))).join(".");
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), this.#keys.privateKey).toString("base64url")}`;
  }

  #signOut({ url, response }) {
    this.#sessions.delete(url.searchParams.get("session_id"));
    response
      .writeHead(302, { Location: url.searchParams.get("return_to") ?? "/", "Set-Cookie": `${SESSION}=; Path=/; Max-Age=0` })
      .end();
  }

  #authorized({ request }) {
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) {
      throw new Refused(401, "unauthorized", "Wrong key.");
    }
  }
}

async function text(request) {
  let whole = "";
  for await (const part of request.setEncoding("utf8")) {
    whole += part;
  }
  return whole;
}

function page(response, title, content) {
  response
    .writeHead(200, { "Content-Type": "text/html" })
    .end(`<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${content}</html>`);
}

function escaped(value) {
  return String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

function cookies(request) {
  return Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=")));
}
