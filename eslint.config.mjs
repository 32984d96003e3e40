import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const FOLDERS = ['action', 'bench', 'connect', 'emulator', 'n8n-node', 'scripts', 'shared', 'test'];

/** Files of a folder, what they must not import, and why. The arrows point one way: action -> shared <- n8n-node. */
function mayNotImport(files, patterns, ignores = []) {
  const group = patterns.map(([regex, message]) => ({ regex, message }));
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns: group }] } };
}

/** Every folder of the repository but these. */
function foldersBut(...known) {
  const others = FOLDERS.filter((folder) => !known.includes(folder));
  return String.raw`^(\.\./)+(${others.join('|')})/`;
}

const otherFolders = [foldersBut('shared'), 'shared/ knows no host, no emulator and no test.'];
const platforms = [String.raw`^(@actions/|n8n-)`, 'shared/ knows neither GitHub nor n8n.'];
const http = [String.raw`^(got|axios|undici|(node:)?https?)$`, 'HTTP comes in through the Transport port.'];
const node = [String.raw`^node:`, 'Time, files and the network come in through the World.'];

export default defineConfig(
  { ignores: ['dist/', 'n8n-node/dist/', 'coverage/', '.cache/', 'n8n-node/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "MemberExpression[property.name='pathname'][object.type='NewExpression'][object.callee.name='URL']",
          message: 'A space in a path breaks it, and so does Windows: use fileURLToPath(new URL(…)).',
        },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  mayNotImport(['shared/**/*.ts'], [otherFolders, platforms, http, node], ['shared/got-transport.ts']),
  mayNotImport(['shared/got-transport.ts'], [otherFolders, platforms]),
  mayNotImport(['action/**/*.ts'], [[foldersBut('action', 'shared'), 'action/ knows shared/ alone.']]),
  mayNotImport(
    ['connect/**/*.ts'],
    [
      [foldersBut('connect', 'shared'), 'connect/ knows shared/ alone.'],
      [
        String.raw`got-transport`,
        'connect/ sends with the fetch of Node, so that nothing has to be installed.',
      ],
    ],
  ),
  mayNotImport(
    ['n8n-node/**/*.ts'],
    [
      [foldersBut('n8n-node', 'shared'), 'n8n-node/ knows shared/ alone.'],
      [String.raw`got-transport`, "n8n's own request helper is the node's transport."],
    ],
  ),
  mayNotImport(
    ['emulator/**/*.ts'],
    [
      [
        foldersBut('emulator'),
        'The emulator is written from the contract alone, so that the two check each other.',
      ],
    ],
  ),
  prettier,
);
