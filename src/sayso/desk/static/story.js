// Opens what is folded away where a link leads: "#by-3", "#c1f0…".

function unfold() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let at = target; at; at = at.parentElement?.closest("details")) if (at.matches("details")) at.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", unfold);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
unfold();
