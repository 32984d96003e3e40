import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { notesOf } from './release/changelog.ts';
import { readVersions } from './release/version-places.ts';

/**
 * Prints the release notes of a tag: `node scripts/release-notes.ts v1.2.0`. Fails where the tag and
 * the versions in the repository differ, or the changelog has no such release. Needs no installation.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const version = (process.argv[2] ?? '').replace(/^v/, '');
const others = [...(await readVersions(root))].filter(([, found]) => found !== version);
const notes = notesOf(version, await readFile(new URL('../CHANGELOG.md', import.meta.url), 'utf8'));

for (const [place, found] of others) console.error(`The tag is v${version}, and ${place} says ${found}.`);
if (!notes) console.error(`CHANGELOG.md has no notes under "## ${version}".`);
if (others.length > 0 || !notes) process.exitCode = 1;
else console.log(notes);
