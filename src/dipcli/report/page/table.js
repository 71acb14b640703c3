// The table of events: sorted by a click on a heading, opened by a click on an event.

const SHOWN = 100;
const SORTS = {
  when: (event) => event.from ?? Infinity,
  type: (event) => event.type,
  who: (event) => event.who,
  place: (event) => event.place ?? "\uffff",
  score: (event) => event.score ?? Infinity,
};
const table = { rows: [], sort: "when", down: false, shown: SHOWN };
const MEDIA = { in_person: "in person", virtual: "by video", telephone: "by telephone", written: "in writing", statement: "statement" };

function showTable(events) {
  const key = SORTS[table.sort];
  const order = (a, b) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : a.place_ - b.place_;
  };
  table.rows = [...events].sort(table.down ? (a, b) => order(b, a) : order);
  table.shown = SHOWN;
  byId("events").tBodies[0].replaceChildren();
  showRows();
}

// Rows up to `table.shown`, behind those that are there.
function showRows() {
  const body = byId("events").tBodies[0];
  const there = body.querySelectorAll("tr.event").length;
  body.append(...table.rows.slice(there, table.shown).map(rowOf));
  const left = table.rows.length - Math.min(table.shown, table.rows.length);
  byId("more-bar").hidden = left === 0;
  byId("more-text").textContent = `${plural(table.rows.length - left, "events")} of ${table.rows.length.toLocaleString("en")} shown.`;
}

function rowOf(event) {
  const dot = element("span", { className: "quad", title: QUADS[event.quad ?? 0] });
  dot.style.background = quadColor(event.quad);
  const marks = [event.status === "occurred" ? "" : event.status, event.isDoubted ? "in doubt" : ""];
  const open = element("button", { type: "button", className: "open", "aria-expanded": "false" }, event.said);
  const row = element(
    "tr",
    { className: "event", id: `event-${event.place_}` },
    element("td", {}, event.date),
    element("td", {}, dot, event.mode ? `${event.type} ${event.mode}` : event.type),
    element(
      "td", {}, open,
      ...marks.filter(Boolean).map((mark) => element("span", { className: "mark" }, mark)),
      event.summary ? element("span", { className: "said" }, `“${event.summary}”`) : "",
    ),
    element("td", {}, event.place ?? ""),
    element("td", { className: "number" }, event.score === null ? "" : event.score.toFixed(1).replace("-", "−")),
  );
  open.addEventListener("click", () => toggle(row, open, event));
  return row;
}

function toggle(row, open, event) {
  const isOpen = open.getAttribute("aria-expanded") === "true";
  open.setAttribute("aria-expanded", String(!isOpen));
  if (isOpen) row.nextElementSibling.remove();
  else row.after(element("tr", { className: "told" }, element("td", { colSpan: 5 }, ...detailsOf(event))));
}

function detailsOf(event) {
  const named = (some) => some.map((one) => [DATA.actors[one].name, countryName(DATA.actors[one].country)].filter(Boolean))
    .map(([name, country]) => (country && country !== name ? `${name} (${country})` : name)).join("; ");
  const facts = {
    "who": named(event.actors),
    "to whom": named(event.recipients),
    "how": MEDIA[event.medium] ?? "",
    "status": [event.status, event.certainty].join(", "),
    "class": QUADS[event.quad ?? 0],
    "part of": event.occasion ?? "",
    "remarks": event.remarks.join("; "),
    "id": event.id,
  };
  const list = element("dl");
  for (const [name, value] of Object.entries(facts)) if (value) list.append(element("dt", {}, name), element("dd", {}, value));
  return [list, ...event.evidence.map(quoteOf)];
}

// A quote with the text around it; without the text only where it stands.
function quoteOf(one) {
  const source = DATA.documents[one.document];
  const where = [source.title ?? source.address, source.publisher, source.date, one.where].filter(Boolean).join(", ");
  const quote = one.quote
    ? element("blockquote", {}, one.before, element("mark", {}, one.quote), one.after)
    : "";
  return element("figure", {}, quote, element("figcaption", {}, where));
}

function prepareTable() {
  for (const button of document.querySelectorAll("[data-sort]"))
    button.addEventListener("click", () => {
      table.down = table.sort === button.dataset.sort && !table.down;
      table.sort = button.dataset.sort;
      for (const head of document.querySelectorAll("#events th")) head.removeAttribute("aria-sort");
      button.closest("th").setAttribute("aria-sort", table.down ? "descending" : "ascending");
      showTable(table.rows);
    });
  byId("more").addEventListener("click", () => { table.shown += SHOWN; showRows(); });
  byId("all").addEventListener("click", () => { table.shown = Infinity; showRows(); });
}
