const FIRST = [
  'Aster',
  'Birch',
  'Cobalt',
  'Dune',
  'Ember',
  'Fjord',
  'Granite',
  'Harbour',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meridian',
  'Nimbus',
  'Orchard',
  'Pebble',
  'Quartz',
  'Rowan',
  'Saffron',
  'Tundra',
];
const SECOND = [
  'Logistics',
  'Health',
  'Books',
  'Cycles',
  'Travel',
  'Energy',
  'Foods',
  'Robotics',
  'Insurance',
  'Studios',
  'Optics',
  'Farms',
  'Networks',
  'Textiles',
];

/** A made-up customer's name for the portal of this number. Names that would repeat get a number. */
export function customerName(index: number): string {
  const first = FIRST[index % FIRST.length] ?? '';
  const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? '';
  const round = Math.floor(index / (FIRST.length * SECOND.length));
  return `${first} ${second}${round === 0 ? '' : ` ${round + 1}`}`;
}
