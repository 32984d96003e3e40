import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/start-emulator.ts';
import { LocalJob } from '../../emulator/runner/local-job.ts';
import { sceneOf, type Scene } from './desk-and-job.ts';

/** One Desk for a file's tests, and for each test an empty Desk and a new job. */
export function sceneForEachTest(options: EmulatorOptions = {}): () => Scene {
  let desk: Emulator;
  let job: LocalJob;
  beforeAll(async () => {
    desk = await startEmulator({ port: 0, ...options });
  });
  beforeEach(async () => {
    desk.reset();
    job = await LocalJob.start();
  });
  afterEach(() => job.end());
  afterAll(() => desk.close());
  return () => sceneOf(desk, job);
}
