// Puts a page drawn by the server into the one on the screen. A question that has not changed stays as it is, with the
// cursor and whatever was typed since; only what is new, gone or worded differently is touched.

const parts = (box) => [...box.children].filter((child) => child.dataset.componente);

function unchanged(shown, drawn) {
  return shown.dataset.impronta === drawn.dataset.impronta || shown.contains(document.activeElement);
}

function label(part) {
  return part.querySelector("label, legend")?.textContent.trim() ?? "";
}

// Returns the labels of the questions that have appeared.
export function merge(shown, drawn) {
  const here = new Map(parts(shown).map((part) => [part.dataset.componente, part]));
  const appeared = [];
  let before = null;
  for (const part of parts(drawn)) {
    const mine = here.get(part.dataset.componente);
    here.delete(part.dataset.componente);
    before = mine && unchanged(mine, part) ? keep(mine, part, appeared) : put(shown, part, mine, before, appeared);
  }
  for (const gone of here.values()) gone.remove();
  return appeared;
}

function keep(mine, part, appeared) {
  if ("parti" in part.dataset) appeared.push(...merge(mine, part));
  return mine;
}

function put(box, part, mine, before, appeared) {
  const fresh = document.adoptNode(part);
  if (mine) {
    mine.replaceWith(fresh);
    return fresh;
  }
  if (before) before.after(fresh);
  else box.insertBefore(fresh, parts(box)[0] ?? null);
  if (label(fresh)) appeared.push(label(fresh));
  return fresh;
}
