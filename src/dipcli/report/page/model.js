// What the page holds, and what every part of it needs. All text from documents enters the page through
// `element`, as text: nothing here ever parses a string as HTML.

const DATA = JSON.parse(document.getElementById("data").textContent);
const DAY = 86_400_000;
const QUADS = ["without class", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const COLORS = 8; // countries with a colour of their own; the rest share one

const byId = (id) => document.getElementById(id);

// An element with properties, and children that are elements or text.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// A patch of colour for a legend.
function swatch(color, opacity = 1) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const rect = document.createElementNS(space, "rect");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("aria-hidden", "true");
  for (const [key, value] of Object.entries({ width: 10, height: 10, rx: 2, fill: color, "fill-opacity": opacity }))
    rect.setAttribute(key, value);
  svg.append(rect);
  return svg;
}

const plural = (count, many) => `${count.toLocaleString("en")} ${count === 1 ? many.slice(0, -1) : many}`;
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const quadColor = (quad) => `var(--quad${quad ?? 0})`;
const countryName = (code) => DATA.countries[code] ?? code;

const EVENTS = DATA.events.map((event, place) => {
  const people = [...new Set([...event.actors, ...event.recipients])];
  const quotes = event.evidence.map((one) => one.quote);
  return {
    ...event,
    place_: place,
    people,
    nations: [...new Set(people.map((one) => DATA.actors[one].country).filter(Boolean))],
    from: event.start === null ? null : Date.parse(event.start),
    to: event.end === null ? null : Date.parse(event.end) + DAY, // where it is over
    who: people.map((one) => DATA.actors[one].name).join(", "),
    words: [event.said, event.place ?? "", event.id, ...people.map((one) => DATA.actors[one].name), ...quotes]
      .join(" ").toLowerCase(),
  };
});

// Each value with how often it is there, the most frequent first, equals in order of their names.
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const NATIONS = tally(EVENTS.flatMap((event) => event.nations)).map(([code]) => code);
const nationColor = (code) => {
  const rank = NATIONS.indexOf(code);
  return `var(--c${rank < 0 || rank >= COLORS ? COLORS : rank})`;
};

// Every two who deal with each other in an event: those who act with those acted on; where nobody is, all who
// act, but in a conflict or request: then they act together towards others. Nobody deals with his own country.
function pairsOf(event) {
  if (!event.recipients.length && event.quad > 2) return [];
  const home = (one) => (DATA.actors[one].kind === "country" ? DATA.actors[one].country : null);
  const own = (one, other) => home(one) !== null && home(one) === DATA.actors[other].country;
  const pairs = [];
  const sides = event.recipients.length ? [event.actors, event.recipients] : [event.actors, event.actors];
  for (const one of sides[0])
    for (const other of sides[1])
      if (one !== other && !own(one, other) && !own(other, one) && (event.recipients.length || one < other)) pairs.push(one < other ? [one, other] : [other, one]);
  return pairs;
}

// A chart of the library in an element: no generated code, no style of its own, tips in the page's own box.
async function draw(id, spec) {
  const tip = byId("tip");
  const { view } = await vegaEmbed(byId(id), spec, {
    mode: "vega", renderer: "svg", ast: true, actions: false, defaultStyle: false,
    tooltip: (_, event, item, value) => {
      tip.hidden = !value;
      if (!value) return;
      tip.textContent = value;
      tip.style.left = `${Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${event.clientY + 14}px`;
    },
  });
  return view;
}
