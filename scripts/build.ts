import { buildNode } from '../n8n-node/build.mts';
import { distFiles, writeDist } from './build/dist.ts';

const files = await distFiles();
await writeDist(files);
for (const [name, text] of files) {
  console.log(`dist/${name} ${(Buffer.byteLength(text) / 1_000).toFixed(0)} KB`);
}
await buildNode();
