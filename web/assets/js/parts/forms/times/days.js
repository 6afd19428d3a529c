// Days as «2026-12-01» and hours as «9:45»: words and sums that no time zone can move.

const DAY = 86400000;
const words = (options) => new Intl.DateTimeFormat("it-IT", { timeZone: "UTC", ...options });
const weekday = words({ weekday: "long" });
const dayMonth = words({ day: "numeric", month: "long" });

const read = (day) => Date.parse(`${day}T00:00Z`);
const written = (moment) => new Date(moment).toISOString().slice(0, 10);

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const plus = (day, days) => written(read(day) + days * DAY);
export const nameOf = (day) => capital(weekday.format(read(day)));
export const dateOf = (day) => dayMonth.format(read(day));
export const fullName = (day) => `${weekday.format(read(day))} ${dateOf(day)}`;

export function mondayOf(day) {
  return plus(day, -((new Date(read(day)).getUTCDay() + 6) % 7));
}

export function minutes(hour) {
  const [hours, past] = hour.split(":").map(Number);
  return hours * 60 + (past || 0);
}

// «30 novembre – 4 dicembre», «7 – 11 dicembre».
export function span(first, last) {
  const start = first.slice(0, 7) === last.slice(0, 7) ? String(Number(first.slice(8))) : dateOf(first);
  return `${start} – ${dateOf(last)}`;
}
