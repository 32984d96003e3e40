/** `48 s`, `6 m 12 s`, `3 h 5 m` or `2 d 4 h`; GitHub's times are whole seconds. */
export function shownSeconds(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  const shown = units.slice(first === -1 ? 3 : first).slice(0, 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** `2026-11-22 20:01:03 to 20:01:51 UTC`; without the end where that is unknown, empty without a start. */
export function shownTimes(start: string | null, end: string | null): string {
  const [from, to] = [start, end].map((time) => (time ? new Date(time).toISOString().slice(0, 19) : ''));
  if (!from) return '';
  const [day, since] = from.split('T');
  if (!to || to < from) return `${day} ${since} UTC`;
  const [endDay, until] = to.split('T');
  return `${day} ${since} to ${endDay === day ? until : `${endDay} ${until}`} UTC`;
}
