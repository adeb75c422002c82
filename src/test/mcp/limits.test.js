// PLT-9: what guards who gets in is counted for all server processes together, and good callers go on meanwhile.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CODE_LETTERS = "BCDFGHJKMPQRTVWXY2346789";
const MOST_WRONG = { tokens: 20, codes: 10, signIns: 20 };
const MOST_DEVICES = { asked: 20, polled: 40 };
const WINDOW_MIN = { signIns: 10, tokens: 10, codes: 15, devices: 10 };
const LONGEST_ATTACK_MS = 20_000;

// Both trust one proxy, so that each test attacks from an address of its own. Polls are let through by the thousand, which
// no test needs to send.
const BEHIND_A_PROXY = { COVIBE_PROXY_HOPS: "1", COVIBE_LIMITS_DEVICE_POLLS: `${MOST_DEVICES.polled}/${WINDOW_MIN.devices}m` };

let servers;
let token;

before(async () => {
  const first = await startServer(BEHIND_A_PROXY);
  token = await first.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
  servers = [first, await startSecondServer(first, BEHIND_A_PROXY)];
});

after(stopServers);

const pick = (letters, length) => [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join("");

function checked(body) {
  let rest = crc32(body);
  let sum = "";
  for (let i = 0; i < 6; i++) {
    sum = LETTERS[rest % LETTERS.length] + sum;
    rest = Math.floor(rest / LETTERS.length);
  }
  return body + sum;
}

const guess = () => checked(`cvb_${pick(LETTERS, 32)}`);

/** Sends to the server processes in turn. */
function attacker(address) {
  let turn = 0;
  return (path, { headers, ...rest } = {}) =>
    fetch(new URL(path, servers[turn++ % servers.length].origin), {
      redirect: "manual",
      ...rest,
      headers: { "x-forwarded-for": address, ...headers },
    });
}

async function statuses(times, attempt) {
  const found = [];
  for (let i = 0; i < times; i++) {
    const answer = await attempt(i);
    await answer.arrayBuffer();
    found.push(answer.status);
  }
  return found;
}

/** Windows stand still, 10:00 to 10:10: an attack that went on over the end of one would be counted in two. */
async function withinOneWindow(minutes) {
  const left = minutes * 60_000 - (Date.now() % (minutes * 60_000));
  if (left < LONGEST_ATTACK_MS) {
    await delay(left + 100);
  }
}

const count = (found, status) => found.filter((one) => one === status).length;

test("guessing tokens is stopped over both processes together", async () => {
  await withinOneWindow(WINDOW_MIN.tokens);
  const send = attacker("198.51.100.1");
  const bearer = (text) => ({ headers: { authorization: `Bearer ${text}` } });
  const own = await statuses(2, () => send("/api/tasks", bearer(token)));
  const found = await statuses(100, () => send("/api/tasks", bearer(guess())));
  // Each process may notice one guess late that the other has reached the limit.
  assert.ok(count(found, 401) <= MOST_WRONG.tokens + 1, `${count(found, 401)} guesses were looked at`);
  assert.equal(count(found, 401) + count(found, 429), 100);
  assert.deepEqual(own, [200, 200]);
  // Who was good at this address before goes on, and so does everybody elsewhere.
  assert.deepEqual(await statuses(4, () => send("/api/tasks", bearer(token))), [200, 200, 200, 200]);
  assert.deepEqual(await statuses(2, () => attacker("198.51.100.99")("/api/tasks", bearer(token))), [200, 200]);
});

test("guessing who may sign in is stopped over both processes together", async () => {
  await withinOneWindow(WINDOW_MIN.signIns);
  const signIn = (send, email) =>
    send("/auth/sign-in", { method: "POST", body: new URLSearchParams({ email }), headers: { accept: "text/html" } });
  const send = attacker("198.51.100.2");
  const found = await statuses(60, (i) => signIn(send, `guess${i}@example.com`));
  assert.equal(count(found, 303), MOST_WRONG.signIns);
  assert.equal(count(found, 429), 60 - MOST_WRONG.signIns);
  const right = await signIn(send, "lin@example.com");
  assert.equal(right.status, 429, "the right one, tried last, was let in");
  assert.ok(Number(right.headers.get("retry-after")) > 0);
  assert.equal((await signIn(attacker("198.51.100.98"), "lin@example.com")).status, 303);
});

// Before the guessing of user codes, after which this person may type none for a while.
test("a machine that polls two processes in turn is slowed down as if they were one, and has its tokens once", async () => {
  await withinOneWindow(WINDOW_MIN.devices);
  const machine = attacker("198.51.100.93");
  const { device_code: device, user_code: user } = await (await ask(machine, "laptop")).json();
  assert.deepEqual(await told(poll(machine, device)), [400, "authorization_pending"]);
  assert.deepEqual(await told(poll(machine, device)), [400, "slow_down"]);

  const cookie = await signedIn("198.51.100.92", "lin@example.com");
  const person = attacker("198.51.100.92");
  const page = await (await person(`/setup/authorize?user_code=${user}`, { headers: { cookie, accept: "text/html" } })).text();
  const [, csrf] = page.match(/name="csrf" value="([^"]+)"/);
  const approved = await person("/setup/authorize", {
    method: "POST",
    headers: { cookie, accept: "text/html" },
    body: new URLSearchParams({ csrf, user_code: user, mine: "yes", decision: "approve" }),
  });
  assert.equal(approved.status, 200);
  const answers = await Promise.all(Array.from({ length: 6 }, () => told(poll(machine, device))));
  assert.deepEqual(answers.map(([status]) => status).sort(), [200, 400, 400, 400, 400, 400]);
  assert.ok(answers.every(([status, error]) => status === 200 || error === "expired_token"));
});

test("guessing user codes is stopped over both processes together, the right code included", async () => {
  await withinOneWindow(WINDOW_MIN.codes);
  const asked = await ask(attacker("198.51.100.97"), "victims-laptop");
  const { user_code: right } = await asked.json();
  const cookie = await signedIn("198.51.100.3", "lin@example.com");
  const send = attacker("198.51.100.3");
  const type = (code) => send(`/setup/authorize?user_code=${code}`, { headers: { cookie, accept: "text/html" } });
  const found = await statuses(40, () => type(pick(CODE_LETTERS, 8)));
  assert.equal(count(found, 422), MOST_WRONG.codes);
  assert.equal(count(found, 429), 40 - MOST_WRONG.codes);
  assert.equal((await type(right)).status, 429);
  // Another address does not help the same person; the rest of the console stays theirs.
  const moved = attacker("198.51.100.96");
  assert.equal((await moved(`/setup/authorize?user_code=${right}`, { headers: { cookie } })).status, 429);
  assert.equal((await send("/workstreams", { headers: { cookie, accept: "text/html" } })).status, 200);
});

test("asking for device codes without end is stopped over both processes together", async () => {
  await withinOneWindow(WINDOW_MIN.devices);
  const send = attacker("198.51.100.4");
  const found = await statuses(30, () => ask(send, "flood"));
  assert.equal(count(found, 200), MOST_DEVICES.asked);
  assert.equal(count(found, 429), 30 - MOST_DEVICES.asked);
  assert.equal((await ask(attacker("198.51.100.95"), "laptop")).status, 200);
});

test("guessing device codes is stopped over both processes together, and a machine elsewhere goes on", async () => {
  await withinOneWindow(WINDOW_MIN.devices);
  const { device_code: right } = await (await ask(attacker("198.51.100.94"), "laptop")).json();
  const send = attacker("198.51.100.5");
  const found = await statuses(60, () => poll(send, randomBytes(32).toString("base64url")));
  assert.equal(count(found, 400), MOST_DEVICES.polled);
  assert.equal(count(found, 429), 60 - MOST_DEVICES.polled);
  const late = await poll(send, right);
  assert.equal(late.status, 429, "the right one, tried last, was answered");
  assert.ok(Number(late.headers.get("retry-after")) > 0);
  assert.deepEqual(await told(poll(attacker("198.51.100.94"), right)), [400, "authorization_pending"]);
});

function ask(send, host) {
  return send("/api/setup/device", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ host_name: host, agents: ["codex"] }),
  });
}

function poll(send, code) {
  return send("/api/setup/device/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ device_code: code }),
  });
}

async function told(answering) {
  const answer = await answering;
  return [answer.status, (await answer.json()).error];
}

async function signedIn(address, email) {
  const answer = await attacker(address)("/auth/sign-in", { method: "POST", body: new URLSearchParams({ email }) });
  return answer.headers.get("set-cookie").split(";")[0];
}
