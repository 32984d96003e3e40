import { mkdir } from 'node:fs/promises';
import { buildNode } from '../n8n-node/build.mts';
import { buildAction } from './build-action.ts';

await mkdir(new URL('../dist/', import.meta.url), { recursive: true });
await buildAction();
await buildNode();
