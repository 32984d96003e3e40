import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildNode } from '../../../n8n-node/build.mts';
import type { NodeType } from './stand-in-node.ts';

const FOLDER = join(import.meta.dirname, '../../../n8n-node');

/** Finds modules as the package does: its n8n-workflow is the one that the engine has. */
export const requireAsPackage = createRequire(join(FOLDER, 'package.json'));

export interface CredentialType {
  name: string;
  extends?: string[];
  properties: { name: string; default: unknown; [key: string]: unknown }[];
  [key: string]: unknown;
}

/** Our package as n8n loads it. */
export interface LoadedPackage {
  readonly name: string;
  readonly nodes: readonly NodeType[];
  readonly credentials: readonly CredentialType[];
  /** A folder that is thrown away by `remove`. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Loads what package.json names: freshly built, or the sources themselves where coverage is counted. */
export async function loadPackage(): Promise<LoadedPackage> {
  // Beneath the package, so that a bundle finds n8n-workflow.
  const cache = join(FOLDER, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'dist-'));
  const load = process.env['NODE_V8_COVERAGE'] === undefined ? await bundles(folder) : sources();
  const { name, n8n } = requireAsPackage('./package.json') as {
    name: string;
    n8n: { nodes: string[]; credentials: string[] };
  };
  return {
    name,
    nodes: n8n.nodes.map((path) => instanceOf<NodeType>(load(path))),
    credentials: n8n.credentials.map((path) => instanceOf<CredentialType>(load(path))),
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

type Load = (path: string) => unknown;

async function bundles(folder: string): Promise<Load> {
  await buildNode(folder);
  return (path): unknown => requireAsPackage(join(folder, path.replace('dist/', '')));
}

/** Node strips the types. The sources are ES modules, which would get an n8n-workflow of their own. */
function sources(): Load {
  const workflow = pathToFileURL(requireAsPackage.resolve('n8n-workflow')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'n8n-workflow' ? { url: workflow, shortCircuit: true } : next(specifier, context),
  });
  return (path): unknown => requireAsPackage(join(FOLDER, path.replace('dist/', '').replace(/\.js$/, '.ts')));
}

/** Each of the package's files exports one class. */
function instanceOf<T>(exported: unknown): T {
  const [Class] = Object.values(exported as Record<string, new () => T>);
  if (Class === undefined) throw new Error('A file of the package exports nothing.');
  return new Class();
}
