import { oneLine } from '../../shared/text/one-line.ts';

/** Why GitHub could not be read, and what to do about it. */
export interface ReadFailure {
  readonly message: string;
  /** Whether asking again may help: no answer, or a server's fault. Reading does no harm. */
  readonly retryable: boolean;
}

/** A row applies to an answer with its status, and its words where it names some. */
export interface ReadAdviceRow {
  readonly status: number;
  /** A piece of GitHub's message, where the status alone is not enough. */
  readonly says?: RegExp;
  readonly advice: string;
}

/**
 * What to do about GitHub's answers to a read of the run's jobs. The first row that applies is taken.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api.
 */
export const READ_ADVICE_ROWS: readonly ReadAdviceRow[] = [
  {
    status: 401,
    advice: 'The github-token is invalid. Leave the input out to use the token of the job.',
  },
  {
    status: 403,
    says: /rate limit/i,
    advice:
      'The token has used up its requests for this hour. Run it later, or give github-token another token.',
  },
  {
    status: 403,
    advice:
      'Add "permissions: { actions: read }" to the job (in a private repository "contents: read", too), ' +
      'or say what to log with title, logs or logs-file.',
  },
  {
    status: 404,
    advice:
      'The token does not see the run, or the server has no list of jobs for a run attempt (GitHub Enterprise Server ' +
      'has it from 3.5 on). Add "permissions: { actions: read, contents: read }", or say what to log with title, logs or logs-file.',
  },
  { status: 429, advice: 'GitHub has had too many requests. Run it later.' },
];

/** The parts of an error of GitHub's client that are used. */
interface RequestError {
  readonly status: number;
  readonly message: string;
  readonly response: unknown;
}

/** Turns a failed request into one sentence and advice; nothing else of the error is kept. */
export function readFailureOf(error: unknown, redact: (text: string) => string): ReadFailure {
  const { status = 0, message, response } = error as Partial<RequestError>;
  const said = oneLine(String(message ?? error));
  // GitHub's client also says 500 where there was no answer at all.
  if (response === undefined || status >= 500) {
    const answered = response === undefined ? `gave no answer: ${said}.` : `answered ${status}.`;
    return { message: redact(`GitHub ${answered} Check GITHUB_API_URL and the network.`), retryable: true };
  }
  const row = READ_ADVICE_ROWS.find(
    (candidate) => candidate.status === status && (candidate.says?.test(said) ?? true),
  );
  const advice = row?.advice ?? 'Say what to log with title, logs or logs-file.';
  return { message: redact(`GitHub answered ${status} "${said}". ${advice}`), retryable: false };
}
