/** A version of three numbers; a release has nothing behind them. https://semver.org */
export type Version = readonly [major: number, minor: number, patch: number];

/** Reads `1.2.0`; undefined for any other text. */
export function parseVersion(text: string): Version | undefined {
  const match = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether the first version comes after the second. */
export function isGreater(one: Version, other: Version): boolean {
  const differs = one.findIndex((number, at) => number !== other[at]);
  return differs !== -1 && (one[differs] ?? 0) > (other[differs] ?? 0);
}
