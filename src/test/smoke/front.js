// What stands before a hosted server: TLS, here with a certificate that the JDK's keytool makes for this one run.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PASSWORD = "of-a-test";

function certificate() {
  const directory = mkdtempSync(join(tmpdir(), "covibe-front-"));
  const store = join(directory, "store.p12");
  const keytool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "keytool") : "keytool";
  execFileSync(keytool, [
    "-genkeypair", "-alias", "front", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1",
    "-validity", "2", "-storetype", "PKCS12", "-keystore", store, "-storepass", PASSWORD,
  ], { stdio: "ignore" });
  const pfx = readFileSync(store);
  rmSync(directory, { recursive: true });
  return { pfx, passphrase: PASSWORD };
}

/** A load balancer on loopback; `to` is where it leads, and is set once that is known. */
export class Front {
  to = "";
  /** Headers that it loses on the way, as a careless one would. */
  loses = [];

  async start() {
    this.server = createServer(certificate(), (asked, answer) => this.#pass(asked, answer)).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.origin = `https://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  #pass(asked, answer) {
    const headers = { ...asked.headers, "x-forwarded-proto": "https", "x-forwarded-for": asked.socket.remoteAddress };
    const passed = request(new URL(asked.url, this.to), { method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode, Object.fromEntries(Object.entries(given.headers).filter(([name]) => !this.loses.includes(name))));
      given.pipe(answer);
    });
    passed.on("error", () => answer.writeHead(502).end());
    asked.pipe(passed);
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
