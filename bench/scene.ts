import type { BenchDesk } from './desk/desk-process.ts';

/** One question that is measured, and its section of docs/performance.md. */
export interface Scene {
  /** What `npm run bench -- <name>` runs. */
  readonly name: string;
  readonly measure: (desk: BenchDesk) => Promise<Section>;
}

export interface Section {
  readonly title: string;
  /** Paragraphs: what is measured, and against what. */
  readonly text: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly plots?: readonly Plot[];
}

/** Bars, or points of lines where a value has an `at`. */
export interface Plot {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** A line across the bars: what is to be reached. */
  readonly goal?: number;
}

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
export const megabytes = (mb: number): string => `${mb.toFixed(0)} MB`;
