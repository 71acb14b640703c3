// The controls above: what they say decides which events all other parts show.

const CONTROLS = ["text", "actor", "other", "type", "quad", "status", "from", "to"];
const control = (name) => byId(`f-${name}`);

function choices(name, values) {
  const options = values.map(([value, text]) => element("option", { value }, text));
  control(name).append(element("option", { value: "" }, "all"), ...options);
}

function prepareFilters() {
  choices("type", [...new Set(EVENTS.map((event) => event.type))].sort().map((type) => [type, type]));
  choices("quad", QUADS.map((name, quad) => [String(quad), name]).slice(1));
  choices("status", ["occurred", "planned", "cancelled"].map((status) => [status, status]));
  const names = tally(EVENTS.flatMap((event) => event.people)).map(([one]) => DATA.actors[one].name);
  const nations = NATIONS.map(anyOf);
  byId("actor-names").append(...[...new Set([...names, ...nations])].map((value) => element("option", { value })));
  if (matchMedia("(max-width: 42rem)").matches) byId("filter-fold").open = false;
}

const anyOf = (code) => `any of ${countryName(code)}`; // a country, its people, its bodies
const NAMES = new Set(DATA.actors.map((actor) => actor.name.toLowerCase()));

// Whether somebody takes part who has that name, or a part of it where nobody has it whole.
function takesPart(event, name) {
  const sought = name.trim().toLowerCase();
  if (event.nations.some((code) => anyOf(code).toLowerCase() === sought)) return true;
  const names = event.people.map((one) => DATA.actors[one].name.toLowerCase());
  return names.some((one) => (NAMES.has(sought) ? one === sought : one.includes(sought)));
}

function chosenEvents() {
  const value = Object.fromEntries(CONTROLS.map((name) => [name, control(name).value]));
  const words = value.text.toLowerCase().split(/\s+/).filter(Boolean);
  const since = value.from ? Date.parse(value.from) : null;
  const until = value.to ? Date.parse(value.to) + DAY : null;
  return EVENTS.filter(
    (event) =>
      words.every((word) => event.words.includes(word)) &&
      (!value.actor || takesPart(event, value.actor)) &&
      (!value.other || takesPart(event, value.other)) &&
      (!value.type || event.type === value.type) &&
      (!value.quad || event.quad === Number(value.quad)) &&
      (!value.status || event.status === value.status) &&
      (since === null || (event.to !== null && event.to > since)) &&
      (until === null || (event.from !== null && event.from < until)),
  );
}

// Set some controls, and show what follows; `refresh` is in main.js.
function choose(values) {
  for (const [name, value] of Object.entries(values)) control(name).value = value;
  refresh();
}
