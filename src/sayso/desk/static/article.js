// Without this file the numbers in the text and in the margin are links to each other. With it, a click anywhere in
// somebody's words shows the claim, and the keys j, k, Enter and ? work.

const cards = [...document.querySelectorAll(".card")];
const keys = document.getElementById("keys");
const shownKeys = document.getElementById("show-keys");
let current = -1;

function mark(claim, on) {
  for (const part of document.querySelectorAll(`[data-claim="${CSS.escape(claim)}"]`)) part.classList.toggle("on", on);
}

function letGo() {
  if (current >= 0) mark(cards[current].dataset.claim, false);
  current = -1;
}

function show(number, {focus = true} = {}) {
  if (number < 0 || number >= cards.length) return;
  letGo();
  current = number;
  const card = cards[number];
  mark(card.dataset.claim, true);
  if (focus) card.focus({preventScroll: true});
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
  const words = document.querySelector(`.text [data-claim="${CSS.escape(card.dataset.claim)}"]`);
  if (words) words.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"});
}

function showClaim(id, options) {
  show(cards.findIndex((card) => card.dataset.claim === id), options);
}

// Where the next claim from here on is: after a jump within the page, that of what was jumped to.
function place() {
  const within = document.activeElement?.closest?.(".card");
  return within ? cards.indexOf(within) : current;
}

document.getElementById("article").addEventListener("click", (event) => {
  if (!getSelection().isCollapsed || (event.target.closest("a") && !event.target.closest(".ref"))) return;
  const words = event.target.closest(".text [data-claim], .card");
  if (!words) return;
  if (event.target.closest(".ref")) event.preventDefault();
  showClaim(words.dataset.claim, {focus: event.target.closest(".ref") !== null});
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || keys.open) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "j") show(place() + 1);
  else if (event.key === "k") show(Math.max(0, place() - 1));
  else if (event.key === "Escape") letGo();
  else if (["c", "x", "e", "u"].includes(event.key)) cards[place()]?.querySelector(`[data-key="${event.key}"]`)?.click();
  else if (event.key === "?") keys.showModal();
  else if (event.key === "/") document.querySelector(".top .find input").focus();
  else if (event.key === "Enter" && current >= 0 && !event.target.closest("a, button")) {
    location.href = `/claim/${cards[current].dataset.claim}`;
  } else return;
  event.preventDefault();
});

shownKeys.hidden = false;
shownKeys.addEventListener("click", () => keys.showModal());

// Each card stands level with the words that it is about, or right below the card before it.
function level() {
  for (const margin of document.querySelectorAll(".margin")) {
    const top = margin.parentElement.getBoundingClientRect().top;
    const beside = margin.getBoundingClientRect().left > margin.previousElementSibling.getBoundingClientRect().left;
    let below = 0;
    for (const card of margin.children) {
      card.style.marginTop = "";
      const words = document.querySelector(`.text [data-claim="${CSS.escape(card.dataset.claim)}"][id]`);
      const gap = words && beside ? words.getClientRects()[0].top - top - below : 0;
      if (gap > 0) card.style.marginTop = `${gap}px`;
      below = card.getBoundingClientRect().bottom - top;
    }
  }
}
addEventListener("resize", level);
level();

function jumped() {
  const card = document.getElementById(location.hash.slice(1))?.closest("[data-claim]");
  if (card) showClaim(card.dataset.claim, {focus: false});
}
addEventListener("hashchange", jumped);
jumped();
