import type { BenchDesk } from './desk/desk-process.ts';

/** One question that is measured, and its section of docs/performance.md. */
export interface Scene {
  /** What `npm run bench -- <name>` runs. */
  readonly name: string;
  readonly measure: (desk: BenchDesk) => Promise<Section>;
}

/** What a scene puts on the page. */
export interface Section {
  readonly title: string;
  /** Paragraphs: what is measured, and against what. */
  readonly text: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly plots?: readonly Plot[];
}

/** Bars, drawn as SVG. */
export interface Plot {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** A line across the bars: what is to be reached. */
  readonly goal?: number;
}

/** One bar of a plot. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** `1.25 ×`. */
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
/** `3.0 %`, of a share from 0 to 1. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
/** `1.5 s`, of milliseconds. */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
/** `120 MB`. */
export const megabytes = (mb: number): string => `${mb.toFixed(0)} MB`;
