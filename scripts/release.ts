import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { staleFiles } from './build/dist.ts';
import { obstaclesTo, prepareRelease, type Repository } from './release/prepare-release.ts';

/** Prepares a release: `npm run release -- 1.2.0`. Nothing leaves this machine. */
const root = fileURLToPath(new URL('..', import.meta.url));
const repository: Repository = {
  root,
  staleFiles,
  // A process of its own: this one has read the sources before the version was written.
  build: async () => {
    await promisify(execFile)(process.execPath, ['scripts/build.ts'], { cwd: root });
  },
};

const version = process.argv[2] ?? '';
const obstacles = await obstaclesTo(version, repository);
if (obstacles.length > 0) {
  console.error(`Not ready to release ${version}:`);
  for (const obstacle of obstacles) console.error(`- ${obstacle}`);
  process.exitCode = 1;
} else {
  await prepareRelease(version, new Date().toISOString().slice(0, 10), repository);
  console.log(`Version ${version} is written everywhere, and dist/ is built. Read the changes, then:

  git add --all && git commit --message "Release ${version}"
  git tag v${version}
  git push origin main v${version}

The tag starts the release workflow.`);
}
