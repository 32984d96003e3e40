/** Item numbers as people write them, counted from 0 as n8n counts: `0, 3–5`. */
function itemRanges(items: readonly number[]): string {
  const sorted = [...new Set(items)].sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const item of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === item - 1) last[1] = item;
    else ranges.push([item, item]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

/** `Item 3` or `Items 0, 3–5`. */
export function namedItems(items: readonly number[]): string {
  return `${new Set(items).size === 1 ? 'Item' : 'Items'} ${itemRanges(items)}`;
}
