// Sends a small form without leaving the page. Answers true when it was accepted; otherwise says why.
// What the answer tells the page is told as htmx tells it.
import { toast } from "./toast.js";

export async function send(address, fields) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRF-Token": document.body.dataset.csrf, "HX-Request": "true", Accept: "*/*" },
      body: new URLSearchParams(fields),
    });
  } catch {
    toast("The server cannot be reached. Nothing has been changed.", "bad");
    return false;
  }
  if (answer.ok) {
    for (const [event, detail] of Object.entries(JSON.parse(answer.headers.get("HX-Trigger") || "{}"))) {
      document.body.dispatchEvent(new CustomEvent(event, { detail }));
    }
    return true;
  }
  const problem = await answer.json().catch(() => ({}));
  toast(problem.detail || "The server refused this.", "bad");
  return false;
}
