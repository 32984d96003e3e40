/** What stands for `globalThis` in the bundle; see build.mts. */
export const bundleScope = {};
