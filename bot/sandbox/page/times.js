// Words for moments: what stands beside a message, above a day, and in Discord's own timestamps.

const LANGUAGE = "en-GB";
const TIME_STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const SPANS = [
  ["year", 31_536_000],
  ["month", 2_628_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** A moment as `<t:…:style>` shows it. */
export function stamped(moment, style) {
  if (style === "R") return relative(moment);
  return written(moment, TIME_STYLES[style]);
}

/** When a message was written: the time, with the day where it is not today. */
export function told(moment) {
  const isToday = dayOf(moment) === dayOf(new Date());
  const time = written(moment, { timeStyle: "short" });
  return isToday ? `Today at ${time}` : `${written(moment, { dateStyle: "short" })} ${time}`;
}

/** The day of a moment, for the line above its first message. */
export function dayOf(moment) {
  return written(moment, { dateStyle: "long" });
}

function written(moment, style) {
  return new Intl.DateTimeFormat(LANGUAGE, style).format(moment);
}

function relative(moment) {
  const passed = (moment - Date.now()) / 1000;
  const [name, length] = SPANS.find(([, span]) => Math.abs(passed) >= span) ?? SPANS.at(-1);
  return new Intl.RelativeTimeFormat(LANGUAGE).format(Math.round(passed / length), name);
}
