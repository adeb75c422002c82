// What every part of the suite does: ask the server, hold the answer against what must be so, and go on after a failure.
export const origin = (process.argv[2] ?? "").replace(/\/+$/, "");
const token = process.env.TOKEN ?? "";
if (!/^https?:\/\//.test(origin) || !token) {
  console.error("Usage: TOKEN=… [COOKIE=…] [COMMAND=…] node smoke.js ORIGIN");
  process.exit(2);
}

export const bearer = { authorization: `Bearer ${token}` };
export const mark = Date.now().toString(36);
export let asked = 0;
export const failures = [];

export async function check(what, work) {
  asked++;
  try {
    await work();
  } catch (failure) {
    failures.push(`${what}: ${failure.message}`);
  }
}

export function must(condition, message) {
  if (!condition) throw new Error(message);
}

export async function ask(path, options = {}) {
  const answer = await fetch(origin + path, { redirect: "manual", signal: AbortSignal.timeout(20_000), ...options });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

export async function expect(path, status, options) {
  const answer = await ask(path, options);
  must(answer.status === status, `${answer.status} instead of ${status}: ${answer.bytes.toString().slice(0, 300)}`);
  return answer;
}

export const json = (answer) => JSON.parse(answer.bytes.toString());
export const post = (path, body, status = 200, headers = bearer) =>
  expect(path, status, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) });
