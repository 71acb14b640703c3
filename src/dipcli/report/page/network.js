// Who with whom: the actors with the most events, joined where they deal with each other.

const MOST = 36; // actors
const TIES = 90; // lines between them
const network = { view: null, wanted: null, drawn: Promise.resolve() };

function graphOf(events) {
  const chosen = tally(events.flatMap((event) => event.people)).slice(0, MOST);
  const place = new Map(chosen.map(([one], index) => [one, index]));
  const nodes = chosen.map(([one, count]) => {
    const { name, country } = DATA.actors[one];
    return { actor: one, name, count, share: count / chosen[0][1], color: nationColor(country), tip: `${name}${country && countryName(country) !== name ? `, ${countryName(country)}` : ""}\n${plural(count, "events")}` };
  });
  const joined = new Map();
  for (const event of events)
    for (const [one, other] of pairsOf(event)) {
      if (!place.has(one) || !place.has(other)) continue;
      const key = `${one} ${other}`;
      const link = joined.get(key) ?? { pair: [one, other], source: place.get(one), target: place.get(other), quads: [] };
      link.quads.push(event.quad ?? 0);
      joined.set(key, link);
    }
  const ties = [...joined.values()].sort((a, b) => b.quads.length - a.quads.length).slice(0, TIES);
  const links = ties.map(({ pair, source, target, quads }) => {
    const classes = tally(quads);
    const tip = `${pair.map((one) => DATA.actors[one].name).join(" and ")}\n${classes.map(([quad, count]) => `${count} ${QUADS[quad]}`).join("\n")}`;
    return { pair, source, target, count: quads.length, share: quads.length / ties[0].quads.length, color: quadColor(classes[0][0]), tip };
  });
  return { nodes, links, left: joined.size - links.length };
}

// One drawing at a time: of what was asked for meanwhile only the last is drawn.
function showNetwork(events) {
  network.wanted = events;
  network.drawn = network.drawn.then(() => (events === network.wanted ? drawNetwork(events) : null));
}

async function drawNetwork(events) {
  const { nodes, links, left } = graphOf(events);
  const width = byId("network").clientWidth || 560;
  network.view?.finalize();
  const spec = structuredClone(network.spec);
  spec.width = width;
  spec.height = Math.round(Math.min(460, Math.max(320, width * 0.85)));
  // the layout is made once, when the data are read: so they are part of what is drawn
  spec.data = [{ name: "nodes", values: nodes }, { name: "links", values: links }];
  network.view = await draw("network", spec);
  network.view.addEventListener("click", (_, item) => {
    if (item?.datum?.pair) choose({ actor: DATA.actors[item.datum.pair[0]].name, other: DATA.actors[item.datum.pair[1]].name });
    else if (item?.datum?.actor !== undefined) choose({ actor: DATA.actors[item.datum.actor].name, other: "" });
  });
  fit(byId("network").querySelector("svg"));
  const all = new Set(events.flatMap((event) => event.people)).size;
  const busiest = links.slice(0, 3).map((link) => `${link.pair.map((one) => DATA.actors[one].name).join(" and ")} (${link.count})`);
  byId("network-text").textContent =
    `${all > MOST ? `The ${MOST} actors of ${all} with the most events` : plural(all, "actors")}; lines join those who deal with each other, ` +
    `in the colour of its most frequent class${left ? `; ${left} rarer ones are not drawn` : ""}.` + (busiest.length ? ` Most often: ${busiest.join(", ")}.` : "");
}

// The layout may reach over the edges or leave room: show all of it, as large as it can be.
function fit(svg) {
  const drawn = svg.getBBox();
  svg.setAttribute("height", Math.round((svg.clientWidth * (drawn.height + 8)) / (drawn.width + 8)));
  svg.setAttribute("viewBox", `${drawn.x - 4} ${drawn.y - 4} ${drawn.width + 8} ${drawn.height + 8}`);
}

function prepareNetwork(spec) {
  network.spec = spec;
  const shown = NATIONS.slice(0, COLORS).map((code, rank) => element("li", {}, swatch(`var(--c${rank})`), countryName(code)));
  if (NATIONS.length > COLORS) shown.push(element("li", {}, swatch(`var(--c${COLORS})`), "others"));
  byId("country-legend").append(...shown);
}
