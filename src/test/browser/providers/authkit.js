// AuthKit as the authorization server of MCP clients: the certified provider from npm under AuthKit's addresses, with clients
// that register themselves and access tokens made for the resource that was asked for (RFC 7591, RFC 8707).
import { once } from "node:events";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { quietly } from "./quietly.js";

export class AuthkitFake {
  /** Which organization somebody signs in to, by the person's id. */
  organizations = new Map();

  async start() {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    server.unref();
    this.issuer = `http://localhost:${server.address().port}`;
    const provider = quietly(() => new Provider(this.issuer, {
      cookies: { keys: ["a-key-of-a-test"] },
      routes: { authorization: "/oauth2/authorize", token: "/oauth2/token", registration: "/oauth2/register", jwks: "/oauth2/jwks" },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      extraTokenClaims: (_, token) => ({ org_id: this.organizations.get(token.accountId) }),
      pkce: { required: () => true },
      features: {
        registration: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, audience) => ({ scope: "", audience, accessTokenFormat: "jwt", accessTokenTTL: 300 }),
        },
      },
    }));
    server.on("request", provider.callback());
    return this;
  }
}
