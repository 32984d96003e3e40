import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';

/**
 * Holds the node against n8n's rules for community nodes, those for n8n Cloud, each as an error.
 * `sources`: what stands in the repository; `dist`: the JavaScript that is published, as n8n's
 * scanner reads it. In a process of its own, for the rules stand in the node's own dependencies.
 */
const folder = join(import.meta.dirname, '../../n8n-node');
const require = createRequire(join(folder, 'package.json'));
const { configs } = (await import(require.resolve('@n8n/eslint-plugin-community-nodes'))) as {
  configs: { recommended: Linter.Config };
};
const { recommended } = configs;
const rules = Object.fromEntries(
  Object.keys(recommended.rules ?? {}).map((rule) => [rule, 'error' as const]),
);
const parser = tseslint.parser as Linter.Parser;

const files = {
  sources: ['{nodes,credentials}/**/*.ts', 'package.json'],
  dist: ['dist/**/*.js', 'package.json'],
}[process.argv[2] ?? ''];
if (files === undefined) throw new Error('Say what to hold against the rules: sources or dist.');

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  ignore: false,
  overrideConfig: [
    { files: ['**/*.ts', '**/*.js'], languageOptions: { parser } },
    // The rules for package.json read it as an expression.
    {
      files: ['**/package.json'],
      languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
    },
    { ...recommended, files: ['**/*.ts', '**/*.js', '**/package.json'], rules },
  ],
});
const found = (await eslint.lintFiles(files)).flatMap(({ filePath, messages }) =>
  messages.map(({ line, message, ruleId }) => `${filePath}:${line} ${message} (${ruleId})`),
);
console.log(found.length === 0 ? 'clean' : found.join('\n'));
