/**
 * Who else would meet the same problem: this log alone, every log of its installation, or every log
 * of its portal. It says how much of a delivery stops.
 */
export type Reach = 'log' | 'installation' | 'portal';

/** What went wrong between us and Zoho, redacted and ready to be shown. Made by {@link serviceProblem}. */
export interface ServiceProblem {
  /** What was answered, as one sentence. */
  readonly answered: string;
  /** What to do about it; empty where nothing can be done. */
  readonly advice: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Desk's `errorCode`, or the token endpoint's `error`. */
  readonly errorCode?: string;
  readonly reach: Reach;
  /** The cause may be something that all portals share, such as the extension's secret. */
  readonly sharedCause: boolean;
}

/** What a problem is made of. Its texts may still hold secrets. */
export interface ProblemParts {
  readonly answered: string;
  readonly advice?: string;
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly reach: Reach;
  readonly sharedCause?: boolean;
}

/** Builds a problem. The one place where what Zoho or the network said is redacted. */
export function serviceProblem(parts: ProblemParts, redact: (text: string) => string): ServiceProblem {
  const { answered, advice = '', status, errorCode, reach, sharedCause = false } = parts;
  return {
    answered: redact(answered),
    advice,
    reach,
    sharedCause,
    ...(status !== undefined && { status }),
    ...(errorCode !== undefined && { errorCode: redact(errorCode) }),
  };
}

/** What was answered and what to do about it. */
export function problemMessage({ answered, advice }: ServiceProblem): string {
  return `${answered} ${advice}`.trim();
}
