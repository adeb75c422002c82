import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until the answer is truthy, and answers it. Names what was waited for when it never comes. */
export async function until(what, ask, patience = 15_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${patience / 1000} s in vain for ${what}.`);
    }
    await sleep(50);
  }
}
