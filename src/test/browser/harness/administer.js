// An admin's own page: REST with the session's cookie and the token that its forms carry.
import assert from "node:assert/strict";

/** Answers the body; a refusal is a mistake of the scene. */
export async function administer(page, method, path, body) {
  const answer = await page.evaluate(
    async ([method, path, body]) => {
      const csrf = document.querySelector("input[name=csrf]").value;
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
      const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, body],
  );
  assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status} ${answer.text}`);
  return answer.text ? JSON.parse(answer.text) : null;
}
