// A claim's spans, by hand, on the article's text. Places are code points of the text, as the form sends them; the
// page counts UTF-16 units, two for an emoji, so each is led to the other. Without this file the number fields work.

const form = document.getElementById("correcting");
const whole = document.getElementById("whole");
const text = whole.textContent;
const points = [...text];
const units = [0]; // where each code point begins, in UTF-16 units; the last one: where the text ends
for (const point of points) units.push(units.at(-1) + point.length);
const names = {source: "who speaks", cue: "how it is said", content: "what is said"};
const before = told();
let dragged = null;

function pointAt(unit) { // the code point that begins at or before a UTF-16 unit
  let low = 0, high = units.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (units[middle] <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function field(set, end) {
  return set.querySelector(`[name=${set.dataset.role}_${end}]`);
}

function sets() {
  return [...form.querySelectorAll(".span-fields")];
}

function spanOf(set) {
  const [start, end] = ["start", "end"].map((name) => field(set, name).value);
  if (start === "" || end === "") return null;
  const span = {role: set.dataset.role, set, start: Number(start), end: Number(end)};
  return span.start >= 0 && span.start < span.end && span.end <= points.length ? span : null;
}

function words(span) {
  return points.slice(span.start, span.end).join("");
}

function put(set, start, end) {
  field(set, "start").value = start ?? "";
  field(set, "end").value = end ?? "";
}

// The text anew, with what is marked in elements and a handle at each end.
function draw(focused) {
  const spans = sets().map(spanOf).filter(Boolean);
  const cuts = [...new Set([0, points.length, ...spans.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  const made = document.createDocumentFragment();
  cuts.forEach((at, number) => {
    for (const end of ["end", "start"]) {
      for (const span of spans) if (span[end] === at) made.append(handle(span, end));
    }
    const to = cuts[number + 1];
    if (to === undefined) return;
    const kinds = [...new Set(spans.filter((s) => s.start <= at && to <= s.end).map((s) => s.role))];
    const piece = document.createElement("span");
    piece.className = kinds.join(" ");
    piece.textContent = points.slice(at, to).join("");
    made.append(piece);
  });
  const top = whole.scrollTop;
  whole.replaceChildren(made);
  whole.scrollTop = top;
  for (const set of sets()) {
    const span = spanOf(set);
    set.querySelector(".picked").textContent = span ? words(span) : "none";
  }
  if (focused) [...whole.querySelectorAll(".handle")].find((h) => h.set === focused.set && h.end === focused.end)?.focus();
  changed();
}

function handle(span, end) {
  const made = document.createElement("span");
  made.className = `handle ${span.role}-handle ${end}`;
  made.tabIndex = 0;
  made.role = "slider";
  made.set = span.set;
  made.end = end;
  made.ariaLabel = `${end} of ${names[span.role]}`;
  made.ariaValueMin = "0";
  made.ariaValueMax = String(points.length);
  made.ariaValueNow = String(span[end]);
  made.ariaValueText = words(span);
  return made;
}

function move(set, end, to) {
  const span = spanOf(set);
  if (!span) return;
  if (end === "start") put(set, Math.max(0, Math.min(to, span.end - 1)), span.end);
  else put(set, span.start, Math.min(points.length, Math.max(to, span.start + 1)));
}

// Where in the text the pointer is, in code points; null where it is not on it.
function placeAt(x, y) {
  const found = document.caretPositionFromPoint?.(x, y);
  const range = found ? null : document.caretRangeFromPoint?.(x, y);
  const node = found?.offsetNode ?? range?.startContainer;
  return node && whole.contains(node) ? pointAt(unitOf(node, found?.offset ?? range.startOffset)) : null;
}

function unitOf(node, offset) {
  const range = document.createRange();
  range.setStart(whole, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

whole.addEventListener("pointerdown", (event) => {
  const held = event.target.closest(".handle");
  if (!held) return;
  dragged = {set: held.set, end: held.end};
  whole.setPointerCapture(event.pointerId);
  event.preventDefault();
});
whole.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const to = placeAt(event.clientX, event.clientY);
  const span = spanOf(dragged.set);
  if (to === null || !span || span[dragged.end] === to) return;
  move(dragged.set, dragged.end, to);
  draw();
});
for (const done of ["pointerup", "pointercancel"]) {
  whole.addEventListener(done, () => {
    if (!dragged) return;
    const held = dragged;
    dragged = null;
    draw(held);
  });
}

// By one code point; with the control key by a word.
function stepped(from, by, byWord) {
  let to = from + by;
  const space = (at) => /\s/.test(points[at] ?? " ");
  if (byWord) while (to > 0 && to < points.length && space(to - 1) === space(to)) to += by;
  return to;
}

whole.addEventListener("keydown", (event) => {
  const held = event.target.closest(".handle");
  const toLeft = getComputedStyle(whole).direction === "rtl" ? 1 : -1;
  const by = {ArrowLeft: toLeft, ArrowRight: -toLeft}[event.key];
  if (!held || !by || !event.shiftKey) return;
  const span = spanOf(held.set);
  move(held.set, held.end, stepped(span[held.end], by, event.ctrlKey || event.altKey));
  draw({set: held.set, end: held.end});
  event.preventDefault();
});

// Words that are selected, as code points without the blanks around them.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!whole.contains(range.startContainer) || !whole.contains(range.endContainer)) return null;
  let start = pointAt(unitOf(range.startContainer, range.startOffset));
  let end = pointAt(unitOf(range.endContainer, range.endOffset));
  while (start < end && /\s/.test(points[start])) start += 1;
  while (end > start && /\s/.test(points[end - 1])) end -= 1;
  return start < end ? {start, end} : null;
}

form.addEventListener("mousedown", (event) => {
  if (event.target.closest(".take")) event.preventDefault(); // the selection is to stay
});
form.addEventListener("click", (event) => {
  const set = event.target.closest(".span-fields");
  if (!set) return;
  if (event.target.closest(".take")) {
    const span = selected();
    if (!span) return;
    put(set, span.start, span.end);
    getSelection().removeAllRanges();
  } else if (event.target.closest(".drop")) put(set, null, null);
  else return;
  draw();
});
form.addEventListener("input", (event) => {
  if (event.target.closest(".span-fields")) draw();
  else changed();
});

// What the form says, part by part, in words.
function told() {
  const some = (role) => sets().filter((s) => s.dataset.role === role).map(spanOf).filter(Boolean)
    .sort((a, b) => a.start - b.start);
  const spans = (role) => some(role).map((s) => `“${words(s)}”`).join(" … ") || "none";
  const places = (role) => some(role).map((s) => `${s.start}:${s.end}`).join();
  const figures = [...form.querySelectorAll(".figure-row")].map((row) => {
    const [kind, least, most, who] = [...row.children].map((one) => one.value.trim());
    if (!kind) return "";
    const number = least === most ? least : most === "" ? `≥${least}` : least === "" ? `≤${most}` : `${least} to ${most}`;
    return `${number} ${kind}${who ? ` (${who})` : ""}`;
  }).filter(Boolean).join(", ") || "none";
  return {
    source: [places("source"), spans("source")],
    cue: [places("cue"), spans("cue")],
    content: [places("content"), spans("content")],
    claimant: [form.elements.claimant.value.trim(), form.elements.claimant.value.trim() || "unnamed"],
    stance: [form.elements.stance.value, form.elements.stance.value],
    figures: [figures, figures],
  };
}

function changed() {
  const now = told();
  const list = document.createElement("dl");
  for (const [what, [key, value]] of Object.entries(now)) {
    if (key === before[what][0]) continue;
    const [term, told, del, ins] = ["dt", "dd", "del", "ins"].map((name) => document.createElement(name));
    term.textContent = what;
    [del.textContent, ins.textContent] = [before[what][1], value];
    del.dir = ins.dir = "auto";
    told.append(del, " ", ins);
    list.append(term, told);
  }
  const box = document.getElementById("changes");
  box.querySelector("p")?.remove();
  box.querySelector("dl").replaceWith(list);
  if (!list.children.length) {
    const none = document.createElement("p");
    none.className = "muted";
    none.textContent = "Nothing yet.";
    box.append(none);
  }
  document.getElementById("enter").disabled = !list.children.length;
}

for (const hidden of form.querySelectorAll(".take, .drop, .needs-script")) hidden.hidden = false;
draw();
const content = whole.querySelector(".content");
if (content) whole.scrollTop = content.offsetTop - whole.offsetTop - whole.clientHeight / 3;
