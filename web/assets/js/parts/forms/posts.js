// The same post the form's own buttons make, sent in the background: one at a time, in the order of what they say. A
// copy that arrived late would cover what was sent after it.

const LONGEST = 30000;
const lines = new WeakMap();
const newest = new WeakMap();

const token = (form) => form.elements.namedItem("csrf_token")?.value ?? "";

function send(form, address, action, more) {
  const body = new FormData(form);
  body.set("_azione", action);
  if (more.keepalive && lines.has(form)) body.delete("_bozza"); // the copies on their way count too, up to who knows what
  newest.set(form, body);
  const sent = fetch(address, {
    method: "POST",
    body,
    credentials: "same-origin",
    signal: AbortSignal.timeout(LONGEST),
    ...more,
    headers: { "X-CSRFToken": token(form), "X-Requested-With": "fetch", ...more.headers },
  });
  return sent.then((answer) => (newest.get(form) === body ? remembering(form, answer) : answer));
}

// The server counts the copies of a draft: what is sent next says which one it was written over.
function remembering(form, answer) {
  const [version, field] = [answer.headers.get("X-Bozza"), form.elements.namedItem("_bozza")];
  if (version && field) field.value = version;
  return answer;
}

export function post(form, address, action, more = {}) {
  const before = lines.get(form);
  const waits = before && !more.keepalive; // a page that goes away cannot wait
  const sent = waits ? before.then(() => send(form, address, action, more)) : send(form, address, action, more);
  const over = Promise.allSettled([before, sent]).then(() => { if (lines.get(form) === over) lines.delete(form); });
  lines.set(form, over);
  return sent;
}

// When the last post on its way has been answered; nothing when none is.
export const underway = (form) => lines.get(form);
