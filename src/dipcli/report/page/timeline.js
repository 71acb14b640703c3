// When: events counted by day, week, month, quarter or year, whichever suits the time in view.
//
// An event counts in the period in which it begins, as in `dipcli timeline`; one that is dated less exactly
// than a period ("in 2022") is a thin line below the bars, from its first day to its last.

const UNITS = [ // in days of the time in view, up to which a unit is used
  { name: "day", most: 75 }, { name: "week", most: 400 }, { name: "month", most: 1500 },
  { name: "quarter", most: 5000 }, { name: "year", most: Infinity },
];
const EXACT = new Set(["day", "range"]); // precisions that tell the day on which an event begins
const ROWS = 5; // of lines below the bars
const timeline = { view: null, events: [], unit: null, whole: [0, DAY] };

// Where the period that a time lies in begins, and the next one.
function periodOf(time, unit) {
  const when = new Date(time);
  const [year, month] = [when.getUTCFullYear(), when.getUTCMonth()];
  if (unit === "day") return [time - (time % DAY), time - (time % DAY) + DAY];
  if (unit === "week") {
    const monday = time - (time % DAY) - ((when.getUTCDay() + 6) % 7) * DAY;
    return [monday, monday + 7 * DAY];
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const first = month - (month % months);
  return [Date.UTC(year, first, 1), Date.UTC(year, first + months, 1)];
}

const periodName = (from, to) => (to - from > DAY ? `${iso(from)} to ${iso(to - DAY)}` : iso(from));

function countBins(events, unit) {
  const bins = new Map();
  const spans = [];
  for (const event of events) {
    if (event.from === null) continue;
    const [from, to] = periodOf(event.from, unit);
    if (event.to > to && !EXACT.has(event.precision)) spans.push(event);
    else {
      const bin = bins.get(from) ?? { from, to, parts: new Map(), scores: [] };
      const part = `${event.quad ?? 0} ${event.status === "occurred" ? 0 : 1}`;
      bin.parts.set(part, (bin.parts.get(part) ?? 0) + 1);
      if (event.score !== null && event.status === "occurred") bin.scores.push(event.score);
      bins.set(from, bin);
    }
  }
  return [[...bins.values()], spans];
}

function stack(bins) {
  return bins.flatMap((bin) => {
    let y = 0;
    return [...bin.parts].sort(([a], [b]) => (a.slice(2) + a < b.slice(2) + b ? -1 : 1)).map(([part, count]) => {
      const [quad, planned] = part.split(" ").map(Number);
      const tip = `${periodName(bin.from, bin.to)}\n${plural(count, "events")} ${planned ? "planned or cancelled, " : ""}${QUADS[quad]}`;
      y += count;
      return { from: bin.from, to: bin.to, y0: y - count, y1: y, color: quadColor(quad), planned, tip };
    });
  });
}

// Lines for events that no period holds, each in the first row with room for it.
function lay(events) {
  const ends = Array(ROWS).fill(-Infinity);
  const laid = [];
  for (const event of [...events].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const row = ends.findIndex((end) => end <= event.from);
    if (row < 0) continue;
    ends[row] = event.to;
    const tip = `${event.date}\n${event.said}`;
    laid.push({ from: event.from, to: event.to, row, color: quadColor(event.quad), planned: event.status !== "occurred", tip });
  }
  return laid;
}

function unitFor([from, to]) {
  return UNITS.find((unit) => (to - from) / DAY <= unit.most).name;
}

function updateTimeline() {
  const { view, events } = timeline;
  const unit = unitFor(view.signal("domain"));
  timeline.unit = unit;
  const [bins, spans] = countBins(events, unit);
  const laid = lay(spans);
  const scores = bins.filter((bin) => bin.scores.length).map((bin) => {
    const mean = bin.scores.reduce((sum, score) => sum + score, 0) / bin.scores.length;
    return { from: bin.from, to: bin.to, mean, tip: `${periodName(bin.from, bin.to)}\nmean score ${mean.toFixed(1)} of ${plural(bin.scores.length, "events")}` };
  });
  const stacked = stack(bins);
  view.signal("highest", Math.max(1, ...stacked.map((bar) => bar.y1)));
  view.data("bins", stacked);
  view.data("scores", scores);
  view.data("spans", laid);
  view.run();
  const undated = events.filter((event) => event.from === null).length;
  byId("timeline-text").textContent =
    `${plural(events.length - undated - spans.length, "events")} counted by ${unit}, planned ones paler; ` +
    (spans.length ? `${plural(spans.length, "events")} dated less exactly, ${laid.length === spans.length ? "" : `${laid.length} of them `}as lines below the bars; ` : "") +
    (undated ? `${undated} undated. ` : "") +
    "Below: the mean PLOVER score, from −10, conflict, to 10, cooperation. Drag to move; a click on a bar lists its events.";
}

// Show a time, in whole periods and with some room at both ends.
function look(first, last) {
  const unit = unitFor([first, last]);
  const [[from], [, to]] = [periodOf(first, unit), periodOf(last - 1, unit)];
  const room = Math.max((to - from) * 0.02, DAY / 2);
  timeline.view.signal("domain", [from - room, to + room]);
  updateTimeline();
}

function zoom(factor, shift = 0) {
  const [from, to] = timeline.view.signal("domain");
  const middle = (from + to) / 2 + shift * (to - from);
  const half = Math.max(((to - from) / 2) * factor, 3 * DAY);
  timeline.view.signal("domain", [middle - half, middle + half]);
  updateTimeline();
}

function showTimeline(events) {
  timeline.events = events;
  const dated = events.filter((event) => event.from !== null);
  if (dated.length) timeline.whole = [Math.min(...dated.map((one) => one.from)), Math.max(...dated.map((one) => one.to))];
  look(...timeline.whole);
}

async function prepareTimeline(spec) {
  const view = await draw("timeline", { ...spec, width: byId("timeline").clientWidth });
  timeline.view = view;
  view.addSignalListener("panned", (_, domain) => { if (domain) { view.signal("domain", domain); view.runAsync(); } });
  view.addEventListener("click", (_, item) => {
    if (item?.datum?.tip && item.datum.to) choose({ from: iso(item.datum.from), to: iso(item.datum.to - DAY) });
  });
  const buttons = { "zoom-in": () => zoom(0.5), "zoom-out": () => zoom(2), earlier: () => zoom(1, -0.5), later: () => zoom(1, 0.5), "zoom-all": () => look(...timeline.whole) };
  for (const [id, act] of Object.entries(buttons)) byId(id).addEventListener("click", act);
  byId("timeline").addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8);
  }, { passive: false });
  const legend = [1, 2, 3, 4, 0].filter((quad) => EVENTS.some((event) => (event.quad ?? 0) === quad));
  byId("quad-legend").append(...legend.map((quad) => element("li", {}, swatch(quadColor(quad)), QUADS[quad])));
}
