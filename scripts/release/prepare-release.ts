import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unreleasedNotes, withRelease } from './changelog.ts';
import { isGreater, parseVersion, type Version } from './semantic-version.ts';
import { readVersions, writeVersion } from './version-places.ts';

/** What a release is made from. */
export interface Repository {
  readonly root: string;
  /** The files of dist/ that are not what the sources build, and those that are missing or too many. */
  readonly staleFiles: () => Promise<readonly string[]>;
  /** Builds dist/ from the sources as they are now. */
  readonly build: () => Promise<void>;
}

const README = 'README.md';
const CHANGELOG = 'CHANGELOG.md';

/**
 * Says everything that stands in the way of releasing this version, each with what to do about it.
 * Nothing is changed.
 */
export async function obstaclesTo(version: string, { root, staleFiles }: Repository): Promise<string[]> {
  const parsed = parseVersion(version);
  if (parsed === undefined) {
    return [`"${version}" must be a version of three numbers, such as 1.2.0: npm run release -- 1.2.0`];
  }
  return [
    ...(await changedFiles(root)),
    ...(await versionObstacles(version, parsed, root)),
    ...(await missingNotes(root)),
    ...(await otherMajors(parsed, root)),
    ...staleBuild(await staleFiles()),
  ];
}

async function changedFiles(root: string): Promise<string[]> {
  const changed = await git(root, 'status', '--porcelain');
  return changed === '' ? [] : [`The working tree has changes. Commit or remove them:\n${changed}`];
}

async function versionObstacles(version: string, parsed: Version, root: string): Promise<string[]> {
  const versions = await readVersions(root);
  const current = versions.get('package.json') ?? '';
  const obstacles = [...versions]
    .filter(([, found]) => found !== current)
    .map(
      ([place, found]) => `${place} says version ${found} and package.json ${current}. Make them the same.`,
    );
  if (!isGreater(parsed, parseVersion(current) ?? [0, 0, 0])) {
    obstacles.push(`${version} must be greater than the current version, ${current}.`);
  }
  if ((await git(root, 'tag', '--list', `v${version}`)) !== '') {
    obstacles.push(`The tag v${version} exists. Choose a greater version.`);
  }
  return obstacles;
}

async function missingNotes(root: string): Promise<string[]> {
  const notes = unreleasedNotes(await readFile(join(root, CHANGELOG), 'utf8'));
  return notes
    ? []
    : [`${CHANGELOG} has nothing under "## Unreleased". Say there what has changed for users.`];
}

async function otherMajors([number]: Version, root: string): Promise<string[]> {
  const major = `v${number}`;
  const readme = await readFile(join(root, README), 'utf8');
  const named = new Set([...readme.matchAll(/zoho-desk-extension-log@(v\d+)/g)].map(([, tag]) => tag));
  const others = [...named].filter((tag) => tag !== major);
  return others.length === 0
    ? []
    : [`${README} uses the Action @${others.join(', @')}. Documents and examples must say @${major}.`];
}

function staleBuild(stale: readonly string[]): string[] {
  return stale.length === 0
    ? []
    : [`dist/ is not what the sources build (${stale.join(', ')}). Run npm run build and commit it.`];
}

/** Writes the version to every place, dates the changelog, and builds. @param date as `2026-11-25` */
export async function prepareRelease(
  version: string,
  date: string,
  { root, build }: Repository,
): Promise<void> {
  await writeVersion(root, version);
  const path = join(root, CHANGELOG);
  await writeFile(path, withRelease(await readFile(path, 'utf8'), version, date));
  await build();
}

async function git(root: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: root });
  return stdout.trimEnd();
}
