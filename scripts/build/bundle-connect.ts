import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licensesOf } from './licenses.ts';

/**
 * Bundles `npm run connect` into one file that Node 20 runs, wherever it lies: beside a package.json
 * whose type is module it is one, alone in a download folder it is CommonJS. So it has neither import
 * nor require, but what is valid in both: Node's own modules come through `import()`, before all else.
 */
export async function bundleConnect(): Promise<string> {
  const builtins = new Set<string>();
  const { outputFiles, metafile } = await build({
    entryPoints: ['connect/main.ts'],
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    bundle: true,
    format: 'iife',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    // The licences are found by the paths of what is in it: those below this folder.
    preserveSymlinks: true,
    plugins: [builtinsFrom(BUILTINS, builtins)],
    outfile: 'dist/connect.js',
    metafile: true,
    write: false,
  });
  const names = JSON.stringify([...builtins].sort());
  const licenses = (await licensesOf(metafile)).trim().replaceAll('*/', '* /');
  return `#!/usr/bin/env node
/*
${licenses}
*/
Promise.all(${names}.map(async(name)=>[name,await import(name)])).then((entries)=>{const ${BUILTINS}=Object.fromEntries(entries);
${outputFiles[0]?.text ?? ''}});
`;
}

const BUILTINS = 'nodeBuiltins';

function builtinsFrom(variable: string, found: Set<string>): Plugin {
  return {
    name: 'builtins-through-import',
    setup(bundling) {
      bundling.onResolve({ filter: /.*/ }, ({ path }) => {
        if (!isBuiltin(path)) return undefined;
        found.add(path);
        return { path, namespace: 'builtin' };
      });
      bundling.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = ${variable}[${JSON.stringify(path)}];`,
      }));
    },
  };
}
