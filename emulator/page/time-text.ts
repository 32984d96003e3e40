const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A moment in this machine's time zone, as `22 Nov, 19:47:13`. */
export function dayAndTime(iso: string): string {
  return `${DAY.format(new Date(iso))}, ${timeOfDay(iso)}`;
}

/** A moment's time in this machine's time zone, as `19:47:13`. */
export function timeOfDay(iso: string): string {
  return TIME.format(new Date(iso));
}

/** A span in its two largest units, as `2 d 23 h`, `4 h 10 min` or `1 min`. */
export function span(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
