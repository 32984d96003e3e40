import { cp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = import.meta.dirname;
const node = 'nodes/ZohoDeskExtensionLog/ZohoDeskExtensionLog.node';
const credentials = [
  'credentials/ZohoDeskExtensionLogOAuth2Api.credentials',
  'credentials/ZohoDeskExtensionInvokeApi.credentials',
];

/**
 * Builds the package's dist: the node and its credentials, each one CommonJS file that needs nothing
 * but n8n-workflow, with the icons and the codex beside them. What is in `outdir` already is removed.
 */
export async function buildNode(outdir: string = join(root, 'dist')): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: Object.fromEntries(
      [node, ...credentials].map((entry) => [entry, join(root, `${entry}.ts`)]),
    ),
    outdir,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    // The oldest Node that n8n 2 runs on.
    target: 'node22',
    external: ['n8n-workflow'],
    legalComments: 'inline',
    // zod keeps its settings on `globalThis`, which n8n's review does not allow: it gets an object of our own.
    define: { globalThis: 'bundleScope' },
    inject: [join(root, 'bundleScope.mts')],
  });
  await cp(join(root, `${node}.json`), join(outdir, `${node}.json`));
  await mkdir(join(outdir, 'icons'));
  await cp(join(root, 'icons'), join(outdir, 'icons'), { recursive: true });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await buildNode(...process.argv.slice(2, 3).map((outdir) => resolve(outdir)));
}
