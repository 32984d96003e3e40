import { startFakeGithub, type GithubJob } from '../../emulator/github/fake-github.ts';
import { ACTION_CREDENTIALS, runAction } from '../action/run-action.ts';
import type { Scene, Section } from '../scene.ts';

const ROUNDS = 5;
const JOB_COUNTS = [3, 230];
const OWN_JOB_ID = 9_000;

/** A collected run of few jobs beside one of many. */
export const collect: Scene = {
  name: 'collect',
  async measure(desk): Promise<Section> {
    const github = await startFakeGithub();
    const rows = [];
    for (const count of JOB_COUNTS) {
      const tookMs: number[] = [];
      let logs = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await desk.become({ latencyMs: 0 });
        github.answer({ jobs: [...jobs(count - 1), ownJob()] });
        const inputs = {
          ...ACTION_CREDENTIALS,
          collect: 'run',
          'github-token': 'ghs_0123456789abcdef0123456789abcdef',
          'job-check-run-id': String(OWN_JOB_ID),
          'job-status': 'success',
        };
        tookMs.push((await runAction(desk.url, inputs, {}, { GITHUB_API_URL: github.url })).tookMs);
        logs = (await desk.count()).recorded;
      }
      rows.push({ count, logs, reads: github.requests().length, tookMs: Math.min(...tookMs) });
    }
    await github.close();
    const [few] = rows;
    return {
      title: 'Collecting a run of 230 jobs',
      text: [
        `The built Action with \`collect: run\`. GitHub lists a hundred jobs a page, and all of the run becomes ten logs, of which what failed keeps its own. From process start to its end, the best of ${ROUNDS} rounds.`,
      ],
      columns: ['jobs of the run', 'pages read', 'logs', 'time', '× the small run'],
      rows: rows.map(({ count, reads, logs, tookMs }) => [
        String(count),
        String(reads),
        String(logs),
        `${tookMs.toFixed(0)} ms`,
        `${(tookMs / (few?.tookMs ?? NaN)).toFixed(2)} ×`,
      ]),
    };
  },
};

/** The job that collects: without it in the list, the Action would wait for GitHub to catch up. */
function ownJob(): GithubJob {
  const now = { started_at: new Date().toISOString(), completed_at: null };
  const step = { name: 'Log', number: 1, status: 'in_progress', conclusion: null, ...now };
  return { id: OWN_JOB_ID, name: 'log', status: 'in_progress', conclusion: null, ...now, steps: [step] };
}

function jobs(count: number): GithubJob[] {
  const times = { started_at: '2026-03-01T10:00:00Z', completed_at: '2026-03-01T10:01:00Z' };
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `test (${index + 1})`,
    status: 'completed',
    conclusion: index % 60 === 59 ? 'failure' : 'success',
    ...times,
    steps: Array.from({ length: 8 }, (_, step) => ({
      name: `Step ${step + 1}`,
      status: 'completed',
      conclusion: 'success',
      number: step + 1,
      ...times,
    })),
  }));
}
