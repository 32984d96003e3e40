import { check, problemLine, type Problem } from '../../shared/problem.ts';
import type { Session } from '../session.ts';
import { FIELDS, type Answers, type FieldName } from './fields.ts';

/** Asks for one field until the answer is valid. Enter keeps what was given before. */
export async function askField(
  name: FieldName,
  answers: Answers,
  { terminal, world }: Pick<Session, 'terminal' | 'world'>,
): Promise<void> {
  const { label, hidden } = FIELDS[name];
  const before = answers[name];
  const question = `? ${label}${hidden ? ' (not shown)' : ''}${keptText(before, hidden)}: `;
  for (;;) {
    const typed = (await terminal.ask(question, { hidden })).trim();
    const problems = takeField(name, typed || before, answers, world.secrets.learn);
    if (problems.length === 0) return;
    for (const problem of problems) terminal.say(`✗ ${problemLine(problem)}`);
  }
}

/** Takes a value that is valid, and learns a secret before anything else is done with it. */
export function takeField(
  name: FieldName,
  value: string,
  answers: Answers,
  learn: (secret: string) => void,
  input: string = FIELDS[name].label,
): readonly Problem[] {
  const { hidden, secret, schema } = FIELDS[name];
  const checked = check(schema, value, input);
  if (!checked.ok) {
    // What was typed unseen is not shown by its problem either.
    return checked.problems.map((problem) =>
      hidden ? { input: problem.input, message: problem.message } : problem,
    );
  }
  if (secret) learn(checked.value);
  answers[name] = checked.value;
  return [];
}

function keptText(before: string, hidden: boolean): string {
  if (before === '') return '';
  return hidden ? ' [Enter keeps the one you gave]' : ` [${before}]`;
}
