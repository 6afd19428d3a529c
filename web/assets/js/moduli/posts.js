// The same post the form's own buttons make, sent in the background.

const token = (form) => form.elements.namedItem("csrf_token")?.value ?? "";

export function post(form, address, action, more = {}) {
  const body = new FormData(form);
  body.set("_azione", action);
  return fetch(address, {
    method: "POST",
    body,
    credentials: "same-origin",
    ...more,
    headers: { "X-CSRFToken": token(form), "X-Requested-With": "fetch", ...more.headers },
  });
}
