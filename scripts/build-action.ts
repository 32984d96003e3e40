import { writeFile } from 'node:fs/promises';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licensesOf } from './licenses.ts';

/**
 * @actions/core brings an HTTP client (719 KB of undici) for one function, getIDToken, which the
 * Action never calls. A test that runs the bundle would meet this error if that ever changed.
 */
const withoutHttpClient: Plugin = {
  name: 'without-http-client',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@actions\/http-client(\/|$)/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `function leftOut() { throw new Error('@actions/http-client is not in this bundle'); }
        export { leftOut as HttpClient, leftOut as BearerCredentialHandler };`,
    }));
  },
};

export interface BuiltAction {
  readonly code: string;
  readonly licenses: string;
  readonly metafile: Metafile;
}

/** Bundles the Action into one file that needs nothing beside it. The same on every machine and in every folder. */
export async function bundleAction(): Promise<BuiltAction> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['action/main.ts'],
    absWorkingDir: new URL('..', import.meta.url).pathname,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    // CommonJS dependencies call require for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [withoutHttpClient],
    outfile: 'dist/index.js',
    metafile: true,
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no file');
  return { code: bundle.text, licenses: await licensesOf(metafile), metafile };
}

/** Writes the bundle and the licences of what is in it to dist/. */
export async function buildAction(): Promise<void> {
  const { code, licenses } = await bundleAction();
  await writeFile(new URL('../dist/index.js', import.meta.url), code);
  await writeFile(new URL('../dist/licenses.txt', import.meta.url), licenses);
  console.log(`dist/index.js ${(Buffer.byteLength(code) / 1_000).toFixed(0)} KB`);
}
