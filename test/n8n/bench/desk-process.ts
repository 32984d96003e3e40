import { startEmulator } from '../../../emulator/start-emulator.ts';

/** A local Desk in a process of its own, so that it takes no time from what is measured. */
const desk = await startEmulator({ switches: { latencyMs: 20, concurrentCalls: Number(process.argv[2]) } });
const { url, credentials } = desk;
process.send?.({ url, credentials });
process.on('message', (question: 'token' | 'count') => {
  process.send?.(question === 'token' ? freshToken() : counted());
});
process.once('disconnect', () => void desk.close().then(() => process.exit()));

/** Forgets what was before. */
function freshToken(): string {
  desk.reset();
  return desk.issueAccessToken();
}

function counted() {
  const logs = desk.logs();
  const requests = desk.requests();
  return {
    recorded: logs.length,
    distinct: new Set(logs.map(({ title }) => title)).size,
    requests: requests.length,
    refused: requests.filter(({ status }) => status === 429).length,
    mostInFlight: desk.mostInFlight(),
  };
}
