// The map that can be moved: MapLibre over land and borders that lie on this machine. Names are elements of the page, so
// that no fonts are asked for. Where this fails (no WebGL), the map that the server has drawn stays.

import { AttributionControl, Map, Marker, NavigationControl, ScaleControl } from "/static/vendor/maplibre-gl.mjs";

const box = document.getElementById("map");
const KM_IN_DEGREE = 111.2;

async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// A circle of so many kilometres as a polygon: as wide on the ground at any zoom.
function circle([lon, lat], km) {
  const ring = Array.from({ length: 65 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 64;
    const up = (km / KM_IN_DEGREE) * Math.sin(angle);
    const across = ((km / KM_IN_DEGREE) * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180);
    return [lon + across, lat + up];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

function style(borders, places) {
  const wide = places.features.filter((place) => place.properties.precision === "region" && place.properties.km);
  const around = wide.map((place) => circle(place.geometry.coordinates, place.properties.km));
  return {
    version: 8,
    sources: {
      borders: { type: "geojson", data: borders },
      around: { type: "geojson", data: { type: "FeatureCollection", features: around } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "borders", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--border"), "line-width": 1 } },
      { id: "around", type: "fill", source: "around", paint: { "fill-color": colour("--place"), "fill-opacity": 0.14 } },
      { id: "edge", type: "line", source: "around", paint: { "line-color": colour("--place"), "line-width": 1.5, "line-dasharray": [3, 2] } },
    ],
  };
}

function spot(place) {
  const { number, name, precision } = place.properties;
  const made = document.createElement("a");
  made.href = `#place-${number}`;
  made.className = precision === "region" ? "map-spot about" : "map-spot";
  const badge = document.createElement("b");
  badge.textContent = number;
  const said = document.createElement("span");
  said.textContent = name;
  made.append(badge, said);
  return made;
}

function label(town) {
  const made = document.createElement("span");
  made.className = town.properties.capital ? "map-label capital" : "map-label";
  made.textContent = `· ${town.properties.name}`;
  return made;
}

// Names where no other name is in the way: those of the story's places first, then towns, the largest first; again after
// each move.
function nameAll(map, towns, spots) {
  const shown = [];
  const named = new Set(spots.map(({ name }) => name));
  return () => {
    shown.splice(0).forEach((marker) => marker.remove());
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const taken = spots.map(({ at }) => { const { x, y } = map.project(at); return [x - 11, y - 11, x + 11, y + 11]; });
    taken.push([width - 48, 0, width, 84], [0, height - 36, 130, height], [width - 190, height - 24, width, height]); // what one moves it by, and its scale
    const free = ([left, top, right, bottom]) => taken.every((one) => left >= one[2] || one[0] >= right || top >= one[3] || one[1] >= bottom);
    for (const { at, name, said } of spots) {
      const { x, y } = map.project(at);
      const wide = 6 + 7.5 * name.length;
      const right = [x + 12, y - 8, x + 12 + wide, y + 8];
      const left = [x - 12 - wide, y - 8, x - 12, y + 8];
      const fits = (box) => box[0] >= 0 && box[2] <= width && free(box);
      const mine = [right, left].find(fits);
      said.classList.toggle("crowded", !mine);
      said.classList.toggle("left", mine === left);
      if (mine) taken.push(mine);
    }
    for (const town of towns.features) {
      if (shown.length >= 40) break;
      if (named.has(town.properties.name)) continue;
      const { x, y } = map.project(town.geometry.coordinates);
      const mine = [x - 4, y - 9, x + 10 + 7 * town.properties.name.length, y + 9];
      if (mine[0] < 0 || mine[1] < 0 || mine[2] > width || mine[3] > height || !free(mine)) continue;
      taken.push(mine);
      shown.push(new Marker({ element: label(town), anchor: "left" }).setLngLat(town.geometry.coordinates).addTo(map));
    }
  };
}

async function draw() {
  const [{ places, towns, bounds }, borders] = await Promise.all([asked(box.dataset.map), asked(box.dataset.borders)]);
  const canvas = document.createElement("div");
  box.append(canvas);
  const map = new Map({
    container: canvas,
    style: style(borders, places),
    bounds,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
    maxZoom: 11,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  map.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth, GeoNames" }));
  const spots = places.features.map((place) => {
    const at = place.geometry.coordinates;
    const element = spot(place);
    new Marker({ element, anchor: "left", offset: [-10, 0] }).setLngLat(at).addTo(map);
    return { at, name: place.properties.name, said: element.lastChild };
  });
  const again = nameAll(map, towns, spots);
  map.once("idle", () => { box.classList.add("live"); again(); }); // not before the land is drawn
  map.on("moveend", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(style(borders, places)));
}

draw().catch((error) => console.warn("The map cannot be moved here:", error.message));
