// Puts the parts together: whatever the controls say is shown by all of them.

const SPECS = DATA.charts;
let current = EVENTS;

function refresh() {
  current = chosenEvents();
  byId("count").textContent = `${current.length.toLocaleString("en")} of ${plural(EVENTS.length, "events")}`;
  showTable(current);
  showTimeline(current);
  showMatrix(current);
  showNetwork(current);
}

function debounced(act, wait) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
}

function listSources() {
  byId("sources").append(...DATA.documents.map((one) => {
    const about = [one.title, one.publisher, one.date].filter(Boolean).join(", ");
    const web = /^https?:\/\/[^\s"'<>]+$/.test(one.address);
    const address = web ? element("a", { href: one.address, rel: "noreferrer" }, one.address) : one.address;
    return element("li", {}, about ? `${about}, ` : "", address);
  }));
}

prepareFilters();
prepareTable();
prepareNetwork(SPECS.network);
listSources();
await prepareTimeline(SPECS.timeline);
refresh();

byId("filters").addEventListener("input", debounced(refresh, 150));
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("filters").addEventListener("reset", () => setTimeout(refresh));
byId("matrix-kind").addEventListener("change", () => showMatrix(current));
new ResizeObserver(debounced(() => {
  timeline.view.width(byId("timeline").clientWidth).run();
  updateTimeline();
}, 100)).observe(byId("timeline"));
await network.drawn;
document.documentElement.dataset.ready = "yes";
