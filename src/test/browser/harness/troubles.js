// What a page must never do, collected while a scene plays: errors on the console, exceptions, breaches of the content
// security policy, boxes of a script's own, answers of 500 and above.
export function watchTroubles(context) {
  const troubles = [];
  const forgiven = [];
  const note = (text, address = "") => {
    if (!forgiven.some((pattern) => pattern.test(text))) {
      troubles.push(address ? `${text} (${address})` : text);
    }
  };
  context.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/i.test(message.text())) {
      note(message.text(), message.location().url);
    }
  });
  context.on("weberror", (error) => note(`Exception: ${error.error().stack}`));
  context.on("dialog", (dialog) => {
    note(`A script asked: ${dialog.message()}`);
    return dialog.dismiss();
  });
  context.on("response", (response) => {
    if (response.status() >= 500) {
      note(`${response.request().method()} ${response.url()} answered ${response.status()}`);
    }
  });
  return {
    /** A browser reports every refused request as an error; a scene that provokes refusals says so. */
    forgiveStatus: (...statuses) => forgiven.push(new RegExp(`server responded with a status of (${statuses.join("|")})`)),
    forgive: (pattern) => forgiven.push(pattern),
    all: () => troubles,
  };
}
