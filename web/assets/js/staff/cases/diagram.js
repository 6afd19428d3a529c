// Where a case stands, on the diagram it runs: the page's table says the same in words, this only shows it.

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const frame = document.querySelector("[data-diagramma]");
const LARGEST = 1; // a fitted diagram is never drawn larger than its author drew it
const NARROW = 768;
const LEGIBLE = 0.6; // below this nobody reads the labels: the drawing then opens on the present step
const READING = 0.8;
const STEP = 1.25;

async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function mark(viewer, places) {
  const canvas = viewer.get("canvas");
  const known = viewer.get("elementRegistry");
  for (const id of places.fatti) if (known.get(id)) canvas.addMarker(id, "fatto");
  for (const id of places.flussi) if (known.get(id)) canvas.addMarker(id, "percorso-fatto");
  const here = places.qui.filter((id) => known.get(id));
  const people = here.filter((id) => !isTimer(known.get(id)));
  for (const id of here) canvas.addMarker(id, "qui");
  // Where somebody is waited for, the deadline that runs beside them needs no second sign.
  for (const id of people.length ? people : here) {
    const sign = document.createElement("span");
    sign.className = "siamo-qui";
    sign.textContent = frame.dataset.qui;
    viewer.get("overlays").add(id, { position: place(known.get(id)), html: sign, scale: { min: 0.9, max: 1 } });
  }
}

// On a task the sign stands on its upper edge; an event is too small for it, and has its name underneath.
const SMALL = 60;

function place(element) {
  return element.width < SMALL ? { top: element.height + 38, left: -24 } : { top: -16, left: 4 };
}

function isTimer(element) {
  return element.businessObject.eventDefinitions?.some((each) => each.$type === "bpmn:TimerEventDefinition") ?? false;
}

function fit(canvas) {
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() > LARGEST) canvas.zoom(LARGEST, "auto");
}

// Pixels around the present step that are shown with it.
const NEAR = 80;
const AROUND = { top: 200, bottom: 200, left: 360, right: 360 };

function goTo(viewer, places, room = NEAR) {
  const here = places.qui.find((id) => viewer.get("elementRegistry").get(id));
  if (here) viewer.get("canvas").scrollToElement(here, room);
}

function bindTools(viewer, places) {
  const canvas = viewer.get("canvas");
  const verbs = {
    ingrandisci: () => canvas.zoom(canvas.zoom() * STEP),
    riduci: () => canvas.zoom(canvas.zoom() / STEP),
    tutto: () => fit(canvas),
    qui: () => {
      canvas.zoom(LARGEST);
      goTo(viewer, places);
    },
  };
  const tools = document.querySelector("[data-strumenti]");
  tools.hidden = false;
  tools.addEventListener("click", (event) => verbs[event.target.closest("button")?.value]?.());
}

async function draw() {
  const places = await read(frame.dataset.diagramma);
  // The wheel scrolls the page, as everywhere: a diagram that takes it away traps the reader.
  const viewer = new NavigatedViewer({ container: frame, zoomScroll: { enabled: false } });
  await viewer.importXML(places.bpmn);
  mark(viewer, places);
  const canvas = viewer.get("canvas");
  fit(canvas);
  const narrow = window.innerWidth < NARROW;
  if (narrow || (places.qui.length && canvas.zoom() < LEGIBLE)) {
    canvas.zoom(narrow ? LARGEST : READING);
    goTo(viewer, places, narrow ? NEAR : AROUND);
  }
  bindTools(viewer, places);
  frame.dataset.pronto = "";
}

if (frame) {
  draw().catch(() => {
    frame.textContent = frame.dataset.errore;
    frame.classList.add("non-disegnato");
  });
}
