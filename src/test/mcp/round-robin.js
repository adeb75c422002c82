// One address for several servers, as a load balancer without affinity would be: every request goes to the next one.
// It also signs requests in, because the conformance suite cannot.
import { once } from "node:events";
import { createServer, request } from "node:http";

export async function roundRobin(origins, token) {
  let turn = 0;
  const balancer = createServer((asked, answer) => {
    const target = new URL(asked.url, origins[turn++ % origins.length]);
    const headers = { ...asked.headers, host: target.host, authorization: `Bearer ${token}` };
    const passed = request(target, { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(balancer, "listening");
  return {
    origin: `http://127.0.0.1:${balancer.address().port}`,
    close: () => {
      balancer.closeAllConnections();
      balancer.close();
    },
  };
}
