/** What has been merged and not released stands under this heading of CHANGELOG.md. */
const UNRELEASED = 'Unreleased';

/** The text under a heading `## <version>` or `## <version> - <date>`; undefined where there is none. */
export function notesOf(version: string, changelog: string): string | undefined {
  const heading = changelog.split('\n').findIndex((line) => headingOf(line) === version);
  if (heading === -1) return undefined;
  const after = changelog.split('\n').slice(heading + 1);
  const next = after.findIndex((line) => headingOf(line) !== undefined);
  return (next === -1 ? after : after.slice(0, next)).join('\n').trim();
}

/** The notes of the next release; undefined where the heading is missing. */
export function unreleasedNotes(changelog: string): string | undefined {
  return notesOf(UNRELEASED, changelog);
}

/** Gives what is unreleased the version's heading, under a new empty one. @param date as `2026-11-25` */
export function withRelease(changelog: string, version: string, date: string): string {
  return changelog.replace(
    new RegExp(`^## ${UNRELEASED}$`, 'm'),
    `## ${UNRELEASED}\n\n## ${version} - ${date}`,
  );
}

function headingOf(line: string): string | undefined {
  return /^## (\S+)(?: - \d{4}-\d\d-\d\d)?$/.exec(line)?.[1];
}
