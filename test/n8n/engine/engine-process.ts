import { mock } from 'node:test';
import { N8nEngine, type RunRequest } from './n8n-engine.ts';

/** What the tests ask of the engine's process, and what it answers. */
export type EngineCall =
  | { id: number; call: 'run'; request: RunRequest }
  | { id: number; call: 'describe' }
  | { id: number; call: 'testCredential'; name: string; data: Record<string, unknown> }
  | { id: number; call: 'cancel' }
  /** Timers stand still from the first time on, and move by so many milliseconds. */
  | { id: number; call: 'passTime'; ms: number }
  | { id: number; call: 'letTimePass' };

export interface EngineAnswer {
  id: number;
  value?: unknown;
  error?: string;
}

let timeStands = false;
const engine = await N8nEngine.start();
process.send?.({ id: 0 } satisfies EngineAnswer);
process.once('disconnect', () => void engine.close().then(() => process.exit()));
process.on('message', (call: EngineCall) => {
  void answer(call).then((one) => process.send?.(one));
});

async function answer(call: EngineCall): Promise<EngineAnswer> {
  try {
    return { id: call.id, value: await valueOf(call) };
  } catch (error) {
    return { id: call.id, error: (error as Error).message };
  }
}

async function valueOf(call: EngineCall): Promise<unknown> {
  switch (call.call) {
    case 'run':
      return engine.run(call.request);
    case 'cancel':
      return engine.cancel();
    case 'passTime':
      if (!timeStands) mock.timers.enable({ apis: ['setTimeout'] });
      timeStands = true;
      return mock.timers.tick(call.ms);
    case 'letTimePass':
      if (timeStands) mock.timers.reset();
      timeStands = false;
      return undefined;
    case 'describe':
      return { node: engine.description(), credentials: engine.credentialDescriptions() };
    case 'testCredential':
      return engine.testCredential(call.name, call.data);
  }
}
