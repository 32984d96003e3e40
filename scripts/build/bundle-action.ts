import { isBuiltin } from 'node:module';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licensesOf } from './licenses.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Parts of dependencies that the Action never uses, and would load at every start. The toolkit brings
 * an HTTP client (719 KB of undici) and a way to run programs, though no ID token is asked for, no
 * platform is looked up, and GitHub's client is handed the transport that honours the proxy. got
 * brings a cache, HTTP/2 and decompression, none of which is turned on.
 * A test that runs the bundle would meet this error if that ever changed.
 */
const LEFT_OUT =
  /^(@actions\/http-client(\/.*)?|@actions\/exec|undici|cacheable-request|.*\/(http2-client|decompress-response)\.js)$/;
const LEFT_OUT_CONTENTS = `
  function leftOut() { throw new Error('this part of a dependency is not in the bundle'); }
  class HttpClient { getAgent() {} getAgentDispatcher() {} get = leftOut; getJson = leftOut; }
  class CacheError extends Error {}
  export { HttpClient, CacheError, leftOut as BearerCredentialHandler, leftOut as fetch, leftOut as default };
  export { leftOut as getExecOutput };`;

const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  setup(bundling) {
    bundling.onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: 'left-out' }));
    bundling.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: LEFT_OUT_CONTENTS }));
  },
};

/**
 * An `import` of one of Node's modules loads it, with all that it loads in turn: node:http the undici
 * that is built into Node, others cryptography, compression or HTTP/2. In the bundle each is loaded
 * when something of it is first used; a `require` gets the module itself.
 * Each importer has its own, so that no file is needed for what two chunks have in common.
 */
const builtinsOnDemand: Plugin = {
  name: 'builtins-on-demand',
  setup(bundling) {
    bundling.onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
      if (!isBuiltin(path)) return undefined;
      if (kind === 'require-call') return { path, namespace: 'builtin' };
      // With slashes on Windows too: the names of the chunks depend on it.
      const suffix = `?${relative(ROOT, importer).replaceAll('\\', '/')}`;
      return { path, namespace: 'builtin-on-demand', suffix };
    });
    bundling.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
    bundling.onLoad({ filter: /.*/, namespace: 'builtin-on-demand' }, ({ path }) => ({
      contents: `module.exports = builtinOnDemand(${JSON.stringify(path)});`,
    }));
  },
};

/** The Action's files in dist/, by name: the entry, what it loads when it is needed, and the licences. */
export interface BundledAction {
  readonly files: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
}

/**
 * Bundles the Action: `index.js` is what every start needs, and each `import()` of the sources is a
 * file of its own beside it. The same on every machine and in every folder.
 */
export async function bundleAction(): Promise<BundledAction> {
  const { outputFiles, metafile } = await build({
    entryPoints: { index: 'action/main.ts' },
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    // The names of the chunks depend on the paths of what is in them: those below this folder.
    preserveSymlinks: true,
    // Node reads a file of ASCII faster.
    charset: 'ascii',
    // CommonJS dependencies call require for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [withoutUnusedParts, builtinsOnDemand],
    // Both are looked at by got at every start, and would load 20 ms of language data and 10 ms of undici.
    define: { 'Intl.ListFormat': 'ListFormatOnDemand', FormData: 'FormDataByName' },
    inject: ['scripts/build/bundle-globals.ts'],
    outdir: 'dist',
    chunkNames: '[name]-[hash]',
    metafile: true,
    write: false,
  });
  const files = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  files.set('licenses.txt', await licensesOf(metafile));
  return { files, metafile };
}
