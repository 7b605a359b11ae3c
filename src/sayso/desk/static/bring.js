// Bringing in: dropping files and folders, saying what is too much before it is sent, and how much is sent.

const form = document.getElementById("files");
const zone = form.querySelector(".drop");
const picked = form.querySelector(".picked");
const sending = form.querySelector(".sending");
const bar = sending.querySelector("progress");
const said = sending.querySelector("span");
const most = { bytes: Number(form.dataset.bytes), files: Number(form.dataset.files) };
let dropped = []; // [file, path]

zone.querySelector(".onlyjs").hidden = false;

function size(bytes) {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let n = bytes, unit = 0;
  while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit += 1; }
  return `${unit ? n.toFixed(1) : n} ${units[unit]}`;
}

function all() {
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  return [...dropped, ...chosen.map((file) => [file, file.webkitRelativePath || file.name])];
}

// What is wrong with what was picked; empty where nothing is.
function wrong(files) {
  const bytes = files.reduce((sum, [file]) => sum + file.size, 0);
  if (files.length > most.files) return `${files.length} files: at most ${most.files} are taken at once.`;
  if (bytes > most.bytes) return `${size(bytes)}: at most ${size(most.bytes)} are taken at once.`;
  return "";
}

function show() {
  const files = all();
  const bytes = files.reduce((sum, [file]) => sum + file.size, 0);
  const named = files.slice(0, 4).map(([, path]) => path).join(", ");
  const more = files.length > 4 ? " …" : "";
  picked.textContent = files.length ? wrong(files) || `${files.length} ${files.length === 1 ? "file" : "files"}, ${size(bytes)}: ${named}${more}` : "";
}

// All files in a dropped folder, however deep.
async function walk(entry, path) {
  if (entry.isFile) return [[await new Promise((done, fail) => entry.file(done, fail)), path + entry.name]];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a reader gives a hundred at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...await walk(one, `${path}${entry.name}/`));
    if (found.length > most.files) return found;
  }
}

for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
}
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", async (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  const given = [...event.dataTransfer.items].filter((item) => item.kind === "file")
    .map((item) => [item.webkitGetAsEntry(), item.getAsFile()]); // both are gone once this has waited for anything
  try {
    for (const [entry, file] of given) dropped.push(...(entry ? await walk(entry, "") : [[file, file.name]]));
    show();
  } catch (error) {
    picked.textContent = `The browser could not read all of that (${error.name}). Choose the files instead.`;
  }
});
form.addEventListener("change", show);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const files = all();
  if (!files.length || wrong(files)) {
    picked.textContent = wrong(files) || "Nothing is chosen yet.";
    return;
  }
  const body = new FormData();
  for (const name of ["token", "outlet", "published"]) body.append(name, form.elements[name].value);
  for (const [file, path] of files) body.append("files", file, path);
  send(body);
});

function send(body) {
  const request = new XMLHttpRequest();
  sending.hidden = bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    bar.max = event.total || 1;
    bar.value = event.loaded;
    said.textContent = event.loaded < event.total ? `${size(event.loaded)} of ${size(event.total)} sent` : "Sent; being kept …";
  });
  request.addEventListener("load", () => {
    if (request.status === 200) { location.assign(request.responseURL); return; } // the page of the job
    bar.hidden = true;
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    said.textContent = answer.querySelector(".lead")?.textContent ?? `That did not work (${request.status}).`;
  });
  request.addEventListener("error", () => {
    bar.hidden = true;
    said.textContent = "The desk does not answer. Is it still running? Nothing was brought in.";
  });
  request.open("POST", form.action);
  request.send(body);
}
