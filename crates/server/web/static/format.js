// Numbers and days in words. Days are UTC throughout: an event's date has no clock.

const numbers = new Intl.NumberFormat("en-GB");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

export const number = (value) => numbers.format(value);

/** "1 report", "1,204 reports". The nouns of the program make their plural by s, or are given as "entry/entries". */
export function counted(value, noun) {
  const [one, many] = noun.includes("/") ? noun.split("/") : [noun.replace(/s$/, ""), noun];
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** Short, for a symbol: 950, 1.2k, 34k, 1.1M. */
export function short(value) {
  if (value < 1000) return String(value);
  const [scaled, unit] = value < 999_500 ? [value / 1000, "k"] : [value / 1e6, "M"];
  return (scaled < 9.95 ? scaled.toFixed(1).replace(/\.0$/, "") : Math.round(scaled)) + unit;
}

export const toDate = (text) => new Date(`${text}T00:00:00Z`);
export const toText = (date) => date.toISOString().slice(0, 10);
export const addDays = (date, days) => new Date(date.getTime() + days * 86_400_000);
export const inWords = (date) => day.format(date);

/** A bin in words: a day, a week by its ends, a month, a year. */
export function period(begin, end, by) {
  if (by === "year") return begin.slice(0, 4);
  if (by === "month") return month.format(toDate(begin));
  if (by === "day" || !end || begin === end) return inWords(toDate(begin));
  return `${inWords(toDate(begin))} to ${inWords(toDate(end))}`;
}

/** Last day of a bin of which only the first is known. */
export function endOf(begin, by) {
  const date = toDate(begin);
  if (by === "week") return toText(addDays(date, 6));
  if (by === "month") return toText(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)));
  if (by === "year") return `${begin.slice(0, 4)}-12-31`;
  return begin;
}

/** A file name from a title. */
export function slug(title) {
  return title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80) || "chart";
}
