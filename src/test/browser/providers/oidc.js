// A standard OpenID Connect provider: the certified one from npm, with accounts of our own.
import { once } from "node:events";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { quietly } from "./quietly.js";

export class OidcFake {
  clientId = "covibe";
  clientSecret = "a-secret-between-covibe-and-its-provider";

  /** @param origin of the server that people come from */
  async start(origin) {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    server.unref();
    this.server = server;
    // Another host name than the server's own: cookies do not tell ports apart.
    this.issuer = `http://localhost:${server.address().port}`;
    const client = {
      client_id: this.clientId,
      client_secret: this.clientSecret,
      redirect_uris: [`${origin}/callback`],
      post_logout_redirect_uris: [`${origin}/auth/signed-out`],
    };
    this.provider = quietly(() => new Provider(this.issuer, {
      clients: [client],
      cookies: { keys: ["a-key-of-a-test"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified"), name: id }),
      }),
      pkce: { required: () => true },
    }));
    server.on("request", this.provider.callback());
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
