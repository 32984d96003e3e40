import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { InputEnded, type Terminal } from './terminal.ts';

/** What a terminal is opened on. */
export interface TerminalStreams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

// The second screen that terminals have for editors: what is written there does not stay in the scrollback.
// Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html ("Alternate Screen Buffer").
const OPEN_SECOND_SCREEN = '\u001b[?1049h\u001b[H';
const CLOSE_SECOND_SCREEN = '\u001b[?1049l';

/**
 * Opens a conversation over a terminal, or over pipes, where each line answers one question.
 * @param onInterrupt called at Ctrl+C, after the terminal has been set right again
 */
export function openTerminal(
  { input, output }: TerminalStreams,
  redact: (text: string) => string,
  onInterrupt: () => void,
): Terminal {
  const isTerminal = input.isTTY && output.isTTY;
  let echoes = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (echoes) output.write(chunk);
      done();
    },
  });
  // A hidden answer must not come back with the up arrow, so there is no history at all.
  const lines = createInterface({ input, output: echo, terminal: isTerminal, historySize: 0 });
  // At once, because what was pasted behind this line is typed already, and may be secret.
  lines.on('line', () => {
    echoes = false;
  });
  const answers = answerQueue(lines);
  lines.on('SIGINT', () => {
    lines.close();
    output.write('\n');
    onInterrupt();
  });

  async function ask(question: string, { hidden = false } = {}): Promise<string> {
    output.write(question);
    echoes = !hidden;
    try {
      return await answers.next(question);
    } finally {
      echoes = false;
      // No Enter was shown, so nothing has ended this line yet.
      if (hidden || !isTerminal) output.write('\n');
    }
  }

  return {
    say: (line) => void output.write(`${redact(line)}\n`),
    ask,
    ...(isTerminal && {
      async showOnce(text: string) {
        output.write(`${OPEN_SECOND_SCREEN}${text}\n`);
        try {
          await ask('\nPress Enter to wipe it off the screen. ', { hidden: true });
        } finally {
          output.write(CLOSE_SECOND_SCREEN);
        }
      },
    }),
    close: () => lines.close(),
  };
}

/** The lines in order, also those that came before they were asked for. */
function answerQueue(lines: ReturnType<typeof createInterface>) {
  const early: string[] = [];
  let waiting: { answer: (line: string) => void; end: () => void } | undefined;
  let ended = false;
  lines.on('line', (line) => {
    if (waiting === undefined) early.push(line);
    else waiting.answer(line);
    waiting = undefined;
  });
  lines.on('close', () => {
    ended = true;
    waiting?.end();
  });
  return {
    async next(question: string): Promise<string> {
      const line = early.shift();
      if (line !== undefined) return line;
      if (ended) throw new InputEnded(question);
      return new Promise((answer, reject) => {
        waiting = { answer, end: () => reject(new InputEnded(question)) };
      });
    },
  };
}
