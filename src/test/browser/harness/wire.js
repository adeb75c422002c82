// A wire between a browser and a server that can be cut and mended.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export async function layWire(origin) {
  const { hostname, port } = new URL(origin);
  const ends = new Set();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      ends.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        ends.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => ends.forEach((end) => end.destroy());
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    cut() {
      whole = false;
      drop();
    },
    mend() {
      whole = true;
    },
    remove() {
      server.close();
      drop();
    },
  };
}
