import { mkdir } from 'node:fs/promises';
import { buildAction } from './build-action.ts';

await mkdir(new URL('../dist/', import.meta.url), { recursive: true });
await buildAction();
