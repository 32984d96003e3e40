/**
 * Fires when the runner cancels the job: it sends SIGINT, SIGTERM 7.5 s later, and kills after
 * another 2.5 s. The first is enough to stop sending, and leaves time to write what was not delivered.
 */
export function cancellationOf(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}
