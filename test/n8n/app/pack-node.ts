import { join } from 'node:path';
import { buildNode } from '../../../n8n-node/build.mts';
import { npm } from './install-app.ts';

const NODE_PACKAGE = join(import.meta.dirname, '../../../n8n-node');

/** Builds the node and packs it as it would be published. Returns the tarball's path, which is in `folder`. */
export async function packNode(folder: string): Promise<string> {
  await buildNode();
  const printed = npm(NODE_PACKAGE, 'pack', '--json', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(printed.slice(printed.indexOf('['))) as [{ filename: string }];
  return join(folder, filename);
}
