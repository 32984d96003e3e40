import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * Runs the tests as one process for each processor, to be started by c8. A process writes what it has covered
 * when it ends, and Jest gives its own workers half a second for that, which is too short.
 */
const JEST = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const shards = Math.max(1, availableParallelism());
const exitCodes = await Promise.all(Array.from({ length: shards }, (_, index) => runShard(index + 1)));
process.exitCode = exitCodes.every((code) => code === 0) ? 0 : 1;

async function runShard(number: number): Promise<number | null> {
  const args = [...FLAGS, JEST, '--runInBand', `--shard=${number}/${shards}`];
  const jest = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    jest.once('error', reject);
    jest.once('close', resolve);
  });
}
