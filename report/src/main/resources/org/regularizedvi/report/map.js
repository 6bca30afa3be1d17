"use strict";
// The map: points are written straight into the pixels, which 100,000 of them bear at every move.

const canvas = byId("canvas");
const view = { scale: 1, x: 0, y: 0 };
const points = { x: null, y: null, n: data.map.cells };
let chosen = null; // {colour, values, palette, code: per cell, only}
const dark = matchMedia("(prefers-color-scheme: dark)");
let pending = false;

// Okabe and Ito's, then tones of them; grey is what is missing.
const GROUPS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7a5195", "#9c6b30", "#4c8c2b", "#b5495b", "#3b6e8f", "#a8a032", "#ef8a62", "#67a9cf", "#6a51a3", "#41ab5d", "#807dba", "#c994c7", "#7bccc4", "#bf812d"];
// Of them those too dark for dark paper, lighter: all have a contrast of 3 to 1 or more with it.
const LIGHTER = { "#0072b2": "#2f8fd0", "#7a5195": "#a878c8", "#3b6e8f": "#5b93b8", "#b5495b": "#d4667a", "#6a51a3": "#8d78d6" };
// viridis, nine of its colours (Smith and van der Walt 2015); on dark paper without the three darkest.
const VIRIDIS = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];

const FROM_LIGHT = ["#d9dce1", "#a6cbd8", "#56a3c7", "#2c6fa6", "#2a3f80", "#2b1150"];
const FROM_DARK = ["#3a424b", "#2c5f86", "#3f8fb5", "#6fbf9f", "#c5dd5a", "#fdf4a0"];

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const pixel = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;
const hexOf = (p) => "#" + [p & 255, (p >> 8) & 255, (p >> 16) & 255].map((v) => v.toString(16).padStart(2, "0")).join("");
const grey = (onDark) => pixel(onDark ? [70, 78, 87] : [205, 210, 215]);

function groupColour(i, onDark) {
  const colour = GROUPS[i % GROUPS.length];
  return onDark ? (LIGHTER[colour] ?? colour) : colour;
}

function ramp(feature, onDark) {
  // A feature's zero is as faint as paper allows, so that cells that have it stand out.
  const colours = (feature ? (onDark ? FROM_DARK : FROM_LIGHT) : VIRIDIS.slice(onDark ? 3 : 0)).map(rgb);
  return Array.from({ length: 256 }, (_, i) => {
    const at = (i / 255) * (colours.length - 1);
    const low = Math.min(colours.length - 2, Math.floor(at));
    return pixel(colours[low].map((c, k) => Math.round(c + (at - low) * (colours[low + 1][k] - c))));
  });
}

async function choose(index) {
  const colour = data.map.colours[index];
  const codes = colour.kind === "groups" ? await unpack(colour.values, Uint16Array) : null;
  const values = colour.kind === "numbers" ? await unpackLevels(colour)
    : colour.kind === "feature" ? Float32Array.from(await unpack(colour.values, Uint8Array), (v) => (v / 255) * colour.to) : null;
  if (Number(byId("colour").value) !== index) return;
  chosen = { colour, codes, values, only: null };
  paintCells();
  legend();
  redraw();
}

/** The colour of each cell, for dark paper or white. */
function paints(onDark) {
  const { colour, codes, values } = chosen;
  const paint = new Uint32Array(points.n);
  const missing = grey(onDark);
  if (codes) {
    const palette = colour.categories.map((_, i) => pixel(rgb(groupColour(i, onDark))));
    for (let i = 0; i < points.n; i++) paint[i] = codes[i] === MISSING ? missing : palette[codes[i]];
  } else {
    const colours = ramp(colour.kind === "feature", onDark);
    const span = colour.to - colour.from || 1;
    for (let i = 0; i < points.n; i++) {
      paint[i] = Number.isNaN(values[i]) ? missing : colours[Math.round(((values[i] - colour.from) / span) * 255)];
    }
  }
  return paint;
}

function paintCells() {
  const { values } = chosen;
  chosen.paint = paints(dark.matches);
  // High values last, so that they are not covered; groups in a fixed shuffle.
  const order = Uint32Array.from({ length: points.n }, (_, i) => i);
  if (values) order.sort((a, b) => (values[a] || 0) - (values[b] || 0));
  else for (let i = points.n - 1, s = 1; i > 0; i--) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    const j = s % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  chosen.order = order;
}

function legend() {
  const { colour, codes } = chosen;
  const box = byId("legend");
  box.replaceChildren(make("p", { class: "topic" }, colour.name));
  if (!codes) {
    const stops = ramp(colour.kind === "feature", dark.matches).filter((_, i) => i % 15 === 0).map(hexOf).join(",");
    const bar = make("div", { class: "ramp" });
    bar.style.background = `linear-gradient(to right, ${stops})`;
    box.append(bar, make("div", { class: "ends" }, make("span", {}, words(colour.from)), make("span", {}, words(colour.to))));
    if (colour.kind === "feature") box.append(make("p", { class: "note" }, "log(1 + counts in 10,000), the counts of the file"));
    return;
  }
  const counts = new Array(colour.categories.length).fill(0);
  for (const code of codes) if (code !== MISSING) counts[code]++;
  colour.categories.forEach((name, i) => {
    const swatch = make("span", { class: "swatch" });
    swatch.style.background = groupColour(i, dark.matches);
    const button = make("button", { type: "button", "aria-pressed": "false" }, swatch, make("span", {}, name), make("span", { class: "count" }, counts[i].toLocaleString("en-US")));
    button.addEventListener("click", () => {
      chosen.only = chosen.only === i ? null : i;
      box.querySelectorAll("button").forEach((b, k) => b.setAttribute("aria-pressed", String(k === chosen.only)));
      redraw();
    });
    box.append(button);
  });
}

/** Pixels from the left and top of a cell; the map fills nine tenths of the shorter side at scale 1. */
function place(width, height) {
  const m = data.map;
  const unit = 0.92 * Math.min(width / (m.x.to - m.x.from || 1), height / (m.y.to - m.y.from || 1)) * view.scale;
  return {
    unit,
    left: width / 2 - ((m.x.from + m.x.to) / 2 + view.x) * unit,
    top: height / 2 + ((m.y.from + m.y.to) / 2 + view.y) * unit,
  };
}

function redraw() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); });
}

function draw() {
  if (!chosen) return;
  const density = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * density));
  const height = Math.max(1, Math.round(canvas.clientHeight * density));
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  const out = new Uint32Array(image.data.buffer);
  const at = place(width, height);
  const radius = Math.max(1, Math.min(6, (130 / Math.sqrt(points.n)) * Math.sqrt(view.scale)) * density);
  const disc = [];
  const r = Math.ceil(radius);
  for (let dy = -r; dy <= r; dy++) for (let dx = -r; dx <= r; dx++) if (dx * dx + dy * dy <= (radius + 0.3) ** 2) disc.push([dx, dy]);
  const { order, paint, codes, only } = chosen;
  const faint = grey(dark.matches);
  const pass = (wanted) => {
    for (const i of order) {
      const apart = only !== null && codes[i] !== only;
      if (apart === wanted) continue;
      const x = Math.round(at.left + points.x[i] * at.unit);
      const y = Math.round(at.top - points.y[i] * at.unit);
      if (!(x >= r && y >= r && x < width - r && y < height - r)) continue;
      const colour = apart ? faint : paint[i];
      for (const [dx, dy] of disc) out[(y + dy) * width + x + dx] = colour;
    }
  };
  if (only !== null) pass(false);
  pass(true);
  pen.putImageData(image, 0, 0);
}

function zoom(factor) {
  view.scale = Math.max(0.5, Math.min(200, view.scale * factor));
  redraw();
}

function move(dx, dy) {
  const { unit } = place(canvas.clientWidth, canvas.clientHeight);
  view.x -= dx / unit;
  view.y += dy / unit;
  redraw();
}

function showAll() {
  Object.assign(view, { scale: 1, x: 0, y: 0 });
  redraw();
}

function readout(event) {
  if (!chosen) return;
  const box = canvas.getBoundingClientRect();
  const at = place(canvas.clientWidth, canvas.clientHeight);
  const x = (event.clientX - box.left - at.left) / at.unit;
  const y = (at.top - (event.clientY - box.top)) / at.unit;
  let best = -1;
  let nearest = (8 / at.unit) ** 2;
  for (let i = 0; i < points.n; i++) {
    const d = (points.x[i] - x) ** 2 + (points.y[i] - y) ** 2;
    if (d < nearest) { nearest = d; best = i; }
  }
  const { colour, codes, values } = chosen;
  byId("map-readout").textContent = best < 0 ? "\u00a0"
    : `Cell ${best + 1}: ${colour.name} ${codes ? colour.categories[codes[best]] ?? "missing" : words(values[best])}`;
}

/** As the map stands, in the colours of white paper whatever the page's. */
function mapSvg() {
  const paint = paints(false);
  const [width, height] = [900, 700];
  const at = place(width, height);
  const paths = new Map();
  const seen = new Set();
  for (const i of chosen.order.toReversed()) {
    const x = Math.round(10 * (at.left + points.x[i] * at.unit)) / 10;
    const y = Math.round(10 * (at.top - points.y[i] * at.unit)) / 10;
    const spot = Math.round(x * 2) * 100000 + Math.round(y * 2);
    if (!(x >= 0 && y >= 0 && x <= width && y <= height) || seen.has(spot)) continue;
    seen.add(spot);
    const colour = hexOf(chosen.only !== null && chosen.codes[i] !== chosen.only ? grey(false) : paint[i]);
    paths.set(colour, (paths.get(colour) ?? "") + `M${x} ${y}h0`);
  }
  const radius = Math.max(1.2, 180 / Math.sqrt(points.n));
  const drawn = [...paths].reverse().map(([c, d]) => `<path d="${d}" stroke="${c}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><g fill="none" stroke-linecap="round" stroke-width="${radius.toFixed(1)}">${drawn.join("")}</g></svg>`;
}

function saveMapCsv() {
  const { colour, codes, values } = chosen;
  const rows = Array.from({ length: points.n }, (_, i) =>
    [i + 1, points.x[i], points.y[i], codes ? colour.categories[codes[i]] ?? "" : values[i]].map((v) => (Number.isNaN(v) ? "" : v)));
  save("map.csv", csv(["cell", data.map.xName, data.map.yName, colour.name], rows));
}

async function map() {
  const m = data.map;
  points.x = await unpackLevels(m.x);
  points.y = await unpackLevels(m.y);
  byId("map-about").textContent = m.about;
  canvas.setAttribute("aria-label", `Map of ${points.n.toLocaleString("en-US")} cells`);
  const select = byId("colour");
  const features = make("optgroup", { label: "Features" });
  const columns = make("optgroup", { label: "Columns of cells" });
  m.colours.forEach((c, i) => (c.kind === "feature" ? features : columns).append(make("option", { value: i }, c.name)));
  for (const group of [columns, features]) if (group.children.length) select.append(group);
  select.addEventListener("change", () => choose(Number(select.value)));
  byId("zoom-in").addEventListener("click", () => zoom(1.5));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("zoom-all").addEventListener("click", showAll);
  const keys = {
    ArrowLeft: () => move(40, 0), ArrowRight: () => move(-40, 0), ArrowUp: () => move(0, 40), ArrowDown: () => move(0, -40),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: showAll,
  };
  canvas.addEventListener("keydown", (e) => { if (keys[e.key]) { e.preventDefault(); keys[e.key](); } });
  canvas.addEventListener("wheel", (e) => {
    if (document.activeElement === canvas || e.ctrlKey) { e.preventDefault(); zoom(e.deltaY < 0 ? 1.15 : 1 / 1.15); }
  }, { passive: false });
  canvas.addEventListener("pointerdown", (e) => canvas.setPointerCapture(e.pointerId));
  canvas.addEventListener("pointermove", (e) => (e.buttons ? move(e.movementX, e.movementY) : readout(e)));
  canvas.addEventListener("dblclick", () => zoom(2));
  new ResizeObserver(redraw).observe(canvas);
  dark.addEventListener("change", () => { paintCells(); legend(); redraw(); });
  byId("map-save").replaceWith(saveButtons("the map", [
    ["SVG", () => save("map.svg", new Blob([mapSvg()], { type: "image/svg+xml" }))],
    ["PNG", () => savePng("map.png", mapSvg(), 900, 700)],
    ["CSV", saveMapCsv],
  ]));
  await choose(Number(select.value));
}
