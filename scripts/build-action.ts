import { writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licensesOf } from './licenses.ts';

/**
 * @actions/core and @actions/github bring an HTTP client (719 KB of undici) that the Action never
 * uses: it asks for no ID token, and hands GitHub's client the transport that honours the proxy.
 * A test that runs the bundle would meet this error if that ever changed.
 */
const withoutHttpClient: Plugin = {
  name: 'without-http-client',
  setup(bundling) {
    bundling.onResolve({ filter: /^(@actions\/http-client(\/.*)?|undici)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    bundling.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `function leftOut() { throw new Error('this HTTP client is not in the bundle'); }
        class HttpClient { getAgent() {} getAgentDispatcher() {} get = leftOut; getJson = leftOut; }
        export { HttpClient, leftOut as BearerCredentialHandler, leftOut as fetch };`,
    }));
  },
};

/**
 * An `import` of node:http reads all that it exports, and with it loads the undici that is built into
 * Node: 30 ms of every start. Taken as an object, a module gives only what is asked of it.
 */
const builtinsOnDemand: Plugin = {
  name: 'builtins-on-demand',
  setup(bundling) {
    bundling.onResolve({ filter: /.*/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    bundling.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
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
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    // CommonJS dependencies call require for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [withoutHttpClient, builtinsOnDemand],
    // got's type checks would load Node's language data at every start, 20 ms, for messages nobody sees.
    define: { 'Intl.ListFormat': 'ListFormatOnDemand' },
    inject: ['scripts/list-format-on-demand.ts'],
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
