// A coding agent as the server sees it: REST with a bearer token.
import { stage } from "./stage.js";

export async function ask(method, path, body, { token = stage.agentToken, server = stage.first } = {}) {
  const answer = await fetch(server.origin + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Accept: "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

/** Plans a task and answers it; a refusal is a mistake of the scene. */
export async function plan(task, server = stage.first) {
  const answer = await ask("POST", "/api/tasks", { project: "WEB", ...task }, { server });
  if (answer.status !== 201) {
    throw new Error(`Planning "${task.title}" was refused: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}
