"use strict";
// Everything shown is made from the JSON in #data; text of the data enters by textContent alone.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** Makes an element with attributes and children, texts among them. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Unpacks base64 of deflated little-endian numbers. */
async function unpack(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Kind(await new Response(stream).arrayBuffer());
}

// What stands for a missing value among numbers of 16 bits.
const MISSING = 65535;

/** Levels of 16 bits as numbers, NaN where missing. */
async function unpackLevels(packed) {
  const levels = await unpack(packed.values, Uint16Array);
  const step = (packed.to - packed.from) / (MISSING - 1);
  return Float32Array.from(levels, (l) => (l === MISSING ? NaN : packed.from + l * step));
}

function words(value) {
  if (!Number.isFinite(value)) return "";
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(+value.toPrecision(4));
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

function csv(header, rows) {
  const lines = [header, ...rows].map((row) => row.map((f) => quoted(String(f))).join(","));
  return new Blob([lines.join("\n") + "\n"], { type: "text/csv" });
}

/** The columns of a figure's data or a table, unpacked when first asked for. */
async function columnsOf(item) {
  for (const column of item.columns) {
    column.values ??= column.texts ?? (await unpack(column.floats, Float32Array));
  }
  return item.columns;
}

async function saveCsv(item) {
  const columns = await columnsOf(item);
  const cell = (column, i) =>
    column.texts ? column.values[i] : Number.isNaN(column.values[i]) ? "" : +column.values[i].toPrecision(7);
  const rows = Array.from({ length: item.rows }, (_, i) => columns.map((c) => cell(c, i)));
  save(`${item.id}.csv`, csv(columns.map((c) => c.name), rows));
}

/** Draws SVG text on a white canvas and saves it; three pixels a point. */
function savePng(name, svg, width, height) {
  const image = new Image();
  // A size of its own, without which some browsers draw nothing.
  const sized = svg.replace("<svg ", `<svg width="${width}" height="${height}" `);
  image.onload = () => {
    const canvas = make("canvas", { width: 3 * width, height: 3 * height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(name, blob), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(sized);
}

function saveButtons(of, kinds) {
  const line = make("p", { class: "save" }, "Save as ");
  for (const [label, action] of kinds) {
    line.append(make("button", { type: "button", onclick: action, "aria-label": `Save ${of} as ${label}` }, label));
  }
  return line;
}

function figure(item) {
  const svg = document.importNode(new DOMParser().parseFromString(item.svg, "image/svg+xml").documentElement, true);
  svg.setAttribute("aria-label", `${item.caption}. ${item.text}`);
  return make(
    "figure", { id: `figure-${item.id}` },
    make("figcaption", {}, item.caption), svg, make("p", { class: "note" }, item.text),
    saveButtons(item.caption, [
      ["SVG", () => save(`${item.id}.svg`, new Blob([item.svg], { type: "image/svg+xml" }))],
      ["PNG", () => savePng(`${item.id}.png`, item.svg, 640, 380)],
      ["CSV", () => saveCsv(item)],
    ]));
}

async function table(item) {
  const columns = await columnsOf(item);
  const order = Array.from({ length: item.rows }, (_, i) => i);
  const body = make("tbody");
  const draw = () =>
    body.replaceChildren(
      ...order.map((i) =>
        make("tr", {}, ...columns.map((c) =>
          c.texts ? make("td", {}, c.values[i]) : make("td", { class: "number" }, words(c.values[i]))))));
  const heads = columns.map((column) => {
    const head = make("th", { scope: "col", class: column.texts ? undefined : "number" });
    head.append(make("button", { type: "button", onclick: () => sort(column, head) }, column.name));
    return head;
  });
  function sort(column, head) {
    const first = column.texts ? "ascending" : "descending";
    const now = head.getAttribute("aria-sort");
    const next = !now ? first : now === "ascending" ? "descending" : "ascending";
    heads.forEach((h) => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", next);
    const sign = next === "ascending" ? 1 : -1;
    const v = column.values;
    order.sort((a, b) => sign * (column.texts ? v[a].localeCompare(v[b]) : (v[a] || 0) - (v[b] || 0)) || a - b);
    draw();
  }
  draw();
  const grid = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  return make(
    "figure", { id: `table-${item.id}`, class: columns.length > 3 ? "wide" : undefined },
    make("figcaption", {}, item.caption),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": item.caption }, grid),
    saveButtons(item.caption, [["CSV", () => saveCsv(item)]]));
}

function pairs(list, rows) {
  for (const [name, value] of rows) list.append(make("dt", {}, name), make("dd", {}, value));
}

function judgements() {
  for (const j of data.judgements) {
    byId("judgements").append(
      make("li", {},
        make("div", {}, make("span", { class: "topic" }, j.topic), make("span", { class: `verdict ${j.verdict}` }, j.words)),
        make("div", {}, make("p", {}, j.finding), make("p", { class: "advice" }, j.advice))));
  }
}

async function page() {
  document.title = `${data.title} \u2013 regularizedvi report`;
  byId("title").textContent = data.title;
  byId("lead").textContent = data.facts.slice(1, 4).map(([name, value]) => `${name}: ${value}`).join(" \u00b7 ");
  judgements();
  pairs(byId("facts"), data.facts);
  pairs(byId("options"), data.options);
  byId("command").textContent = data.command;
  for (const item of data.items) {
    document.querySelector(`#${item.part} .items`).append(item.svg ? figure(item) : await table(item));
  }
  for (const section of document.querySelectorAll("main section")) {
    const items = section.querySelector(".items");
    section.hidden = items !== null && items.children.length === 0;
    if (!section.hidden) {
      byId("contents").append(make("li", {}, make("a", { href: `#${section.id}` }, section.querySelector("h2").textContent)));
    }
  }
  await map();
  document.documentElement.dataset.ready = "yes";
}

// Scripts after this one have run by then.
addEventListener("DOMContentLoaded", page);
