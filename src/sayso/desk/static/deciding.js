// The queue by keys, and htmx told that a refusal is to be shown where one decides. Without this file, the forms work.

const queue = document.getElementById("queue");
const keys = document.getElementById("keys");
const shownKeys = document.getElementById("show-keys");
const said = document.getElementById("said");
const matters = () => [...queue.querySelectorAll(".matter")];
const open = (matter) => !matter.dataset.decided && !matter.classList.contains("skipped");
let last = null; // what was decided last

function here() {
  return document.activeElement?.closest?.(".matter") ?? matters().find(open);
}

function go(matter) {
  if (!matter) return;
  matter.classList.remove("skipped");
  for (const one of matters()) one.classList.toggle("on", one === matter);
  matter.focus({preventScroll: true});
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  matter.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
}

function next(from) {
  const all = matters();
  const after = all.slice(all.indexOf(from) + 1).find(open);
  if (after) go(after);
  else document.getElementById("more")?.focus();
}

function step(by) {
  const all = matters();
  const at = all.indexOf(document.activeElement?.closest?.(".matter"));
  go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function skip(matter) {
  matter.classList.add("skipped");
  next(matter);
}

function press(matter, key) {
  matter?.querySelector(`[data-key="${key}"]`)?.click();
}

for (const button of queue.querySelectorAll(".skip-one")) button.hidden = false;
queue.addEventListener("click", (event) => {
  const button = event.target.closest(".skip-one");
  if (button) skip(button.closest(".matter"));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || keys.open) return;
  const matter = here();
  if (event.target.closest("input, select, textarea")) {
    if (["Enter", "Escape"].includes(event.key) && matter?.contains(event.target)) go(matter);
    return;
  }
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") keys.showModal();
  else if (event.key === "u") press(last, "u");
  else if (event.key === "n") matter?.querySelector("[name=note]")?.focus();
  else if (["c", "x", "e", "s"].includes(event.key)) press(matter, event.key);
  else return;
  event.preventDefault();
});

shownKeys.hidden = false;
shownKeys.addEventListener("click", () => keys.showModal());

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, () => {
    said.textContent = "That did not work, and nothing was decided. Load the page again.";
    said.className = "refused";
  });
}

// Not before its own forms are htmx's: a key pressed at once would send one as a page.
document.addEventListener("htmx:afterSettle", (event) => {
  const matter = event.detail.elt.closest?.(".matter") ?? event.detail.target;
  if (!matter?.classList?.contains("matter")) return;
  for (const button of matter.querySelectorAll(".skip-one")) button.hidden = false;
  said.className = "";
  if (matter.querySelector(".refused")) {
    go(matter);
  } else if (matter.dataset.decided) {
    last = matter;
    said.textContent = "";
    next(matter);
  } else {
    go(matter);
  }
});
