import type * as z from 'zod/mini';
import { check, problemLine, type Problem } from '../../shared/problem.ts';
import type { Terminal } from './terminal.ts';

/** Something that is asked for, and the rule that it has to meet. */
export interface Asked {
  readonly label: string;
  /** Not shown while it is typed. */
  readonly hidden: boolean;
  readonly schema: z.ZodMiniType<string>;
}

/** What is wrong with an answer. The value of a hidden one is in no problem. */
export function problemsWith({ label, hidden, schema }: Asked, value: string, input = label): Problem[] {
  const checked = check(schema, value, input);
  if (checked.ok) return [];
  return checked.problems.map((problem) =>
    hidden ? { input: problem.input, message: problem.message } : problem,
  );
}

/**
 * Asks until the answer is valid.
 * @param byDefault what Enter stands for, as it is; undefined where Enter is not an answer
 */
export async function askUntilValid(
  asked: Asked,
  question: string,
  byDefault: string | undefined,
  terminal: Terminal,
): Promise<string> {
  for (;;) {
    const typed = (await terminal.ask(`? ${question}: `, { hidden: asked.hidden })).trim();
    if (typed === '' && byDefault !== undefined) return byDefault;
    const problems = problemsWith(asked, typed);
    if (problems.length === 0) return typed;
    for (const problem of problems) terminal.say(`✗ ${problemLine(problem)}`);
  }
}
