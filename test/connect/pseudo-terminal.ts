import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program in a terminal: what it shows, and what a person types. */
export interface PseudoTerminal {
  /** Waits until the screen shows this text, after what was last waited for. */
  readonly sees: (text: string) => Promise<void>;
  /** Types a line and presses Enter. */
  readonly types: (line: string) => void;
  readonly presses: (keys: string) => void;
  /** All that was ever shown, with the lines ended as in a file. */
  readonly shown: () => string;
  readonly ended: Promise<number | null>;
}

/** Longest that a test waits for what it expects to see. */
const PATIENCE_MS = 30_000;
const CTRL_C = '\u0003';
export const KEYS = { ctrlC: CTRL_C, up: '\u001b[A' };

/** Python's own module does on Linux and on macOS what Node cannot: it opens a pseudo terminal. */
const OPEN = `
import json, os, pty, sys
os.environ.update(json.loads(sys.argv[1]))
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[2:])))`;

/** Fails before any test does when there is nothing to open a terminal with. */
export function requirePython(): void {
  const { status } = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], {
    stdio: 'ignore',
  });
  if (status === 0) return;
  throw new Error(
    'These tests open a pseudo terminal with python3 (3.9 or newer). Install it, and run them again.',
  );
}

const open = new Set<ChildProcess>();

/**
 * Starts a program in a pseudo terminal.
 * @param env variables beside those of this process
 */
export function inTerminal(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): PseudoTerminal {
  const args = ['-c', OPEN, JSON.stringify(env), ...command];
  const child = spawn('python3', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  open.add(child);
  let shown = '';
  let seenUpTo = 0;
  let onMore = () => undefined as void;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    onMore();
  });
  const ended = once(child, 'close').then(([code]) => {
    open.delete(child);
    return code as number | null;
  });

  async function sees(text: string): Promise<void> {
    const at = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`"${text}" was not shown:\n${shown}`)), PATIENCE_MS);
      onMore = () => {
        const found = shown.indexOf(text, seenUpTo);
        if (found < 0) return;
        clearTimeout(timer);
        resolve(found);
      };
      onMore();
    });
    seenUpTo = at + text.length;
  }

  return {
    sees,
    types: (line) => void child.stdin.write(`${line}\r`),
    presses: (keys) => void child.stdin.write(keys),
    shown: () => shown.replaceAll('\r\n', '\n'),
    ended,
  };
}

/** Ends what a test has left: as a person would, and what does not heed that, by force. */
export async function closeTerminals(): Promise<void> {
  await Promise.all(
    [...open].map(async (child) => {
      const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      child.stdin?.write(CTRL_C);
      await once(child, 'close');
      clearTimeout(force);
    }),
  );
}
