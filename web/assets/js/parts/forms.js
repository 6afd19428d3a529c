// Forms with JavaScript: counters, drafts kept in the background, questions that come and go, rows without a reload.
// Without it the same buttons post the same form; nothing here decides what is right, the server does.
import { watchTimes } from "./forms/times/choosing.js";
import { count } from "./forms/counters.js";
import { keepDraft } from "./forms/drafts.js";
import { listen } from "./forms/keys.js";
import { follow } from "./forms/updates.js";

// Where a browser leaves out the page's own autofocus, the error summary still speaks first.
addEventListener("load", () => {
  setTimeout(() => { if (document.activeElement === document.body) document.getElementById("errori")?.focus(); }, 100);
});

for (const form of document.querySelectorAll("form[data-modulo]")) {
  count(form);
  const draft = keepDraft(form);
  follow(form, draft);
  listen(form, draft);
  watchTimes(form);
}
