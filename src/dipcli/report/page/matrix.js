// Pairs as a table: how often two deal with each other, coloured by the mean score of these.

const LARGEST = 12;

function matrixOf(events, kind) {
  const cells = new Map();
  const totals = [];
  for (const event of events) {
    const ends = pairsOf(event).map((pair) => (kind === "people" ? pair : pair.map((one) => DATA.actors[one].country)));
    const known = new Set(ends.filter(([a, b]) => a && b && a !== b).map(([a, b]) => (a < b ? `${a} ${b}` : `${b} ${a}`)));
    for (const key of known) {
      const cell = cells.get(key) ?? { count: 0, scores: [] };
      cell.count += 1;
      if (event.score !== null) cell.scores.push(event.score);
      cells.set(key, cell);
      totals.push(...key.split(" "));
    }
  }
  return { cells, order: tally(totals).slice(0, LARGEST).map(([one]) => one) };
}

// How a country or an actor is named, and what the controls take for it.
const AXES = {
  countries: { name: countryName, chosen: (code) => anyOf(code) },
  people: { name: (one) => DATA.actors[Number(one)].name, chosen: (one) => DATA.actors[Number(one)].name },
};

function cellOf(cell, one, other, axis) {
  const mean = cell.scores.reduce((sum, score) => sum + score, 0) / (cell.scores.length || 1);
  const told = `${axis.name(one)} and ${axis.name(other)}: ${plural(cell.count, "events")}, mean score ${mean.toFixed(1)}`;
  const button = element("button", { type: "button", title: told, "aria-label": told }, String(cell.count));
  button.style.setProperty("--tone", mean < 0 ? "var(--quad4)" : "var(--quad1)");
  button.style.setProperty("--share", `${Math.round(12 + Math.min(1, Math.abs(mean) / 8) * 38)}%`);
  button.addEventListener("click", () => choose({ actor: axis.chosen(one), other: axis.chosen(other) }));
  return button;
}

function showMatrix(events) {
  const kind = byId("matrix-kind").value;
  const axis = AXES[kind];
  const { cells, order } = matrixOf(events, kind);
  const cellAt = (one, other) => cells.get(`${one} ${other}`) ?? cells.get(`${other} ${one}`);
  const head = element("tr", {}, element("td"), ...order.map((one) => element("th", { scope: "col" }, axis.name(one))));
  const rows = order.map((one) => {
    const row = order.map((other) => {
      const cell = cellAt(one, other);
      return element("td", {}, cell ? cellOf(cell, one, other, axis) : element("span"));
    });
    return element("tr", {}, element("th", { scope: "row" }, axis.name(one)), ...row);
  });
  const shown = order.length
    ? element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows))
    : element("p", {}, "No two of them take part in an event together.");
  byId("matrix").replaceChildren(shown);
}
