// «44 caratteri su 80», kept true while one types. The field never cuts what is typed: too much is shown, not lost.

function show(counter) {
  const field = document.getElementById(counter.dataset.conta);
  const most = Number(counter.dataset.massimo);
  const written = Array.from(field.value).length;
  counter.textContent = `${written} caratteri su ${most}`;
  counter.classList.toggle("troppi", written > most);
}

export function count(form) {
  form.addEventListener("input", (event) => {
    const counter = event.target.id && form.querySelector(`[data-conta="${CSS.escape(event.target.id)}"]`);
    if (counter) show(counter);
  });
}
