import type { Problem } from '../../shared/problem.ts';
import type { Session } from '../session.ts';
import { askUntilValid, problemsWith } from '../terminal/ask-until-valid.ts';
import { FIELDS, type Answers, type FieldName } from './fields.ts';

/** Asks for one field until the answer is valid. Enter keeps what was given before. */
export async function askField(
  name: FieldName,
  answers: Answers,
  { terminal, world }: Pick<Session, 'terminal' | 'world'>,
): Promise<void> {
  const field = FIELDS[name];
  const before = answers[name];
  const question = `${field.label}${field.hidden ? ' (not shown)' : ''}${keptText(before, field.hidden)}`;
  const value = await askUntilValid(field, question, before === '' ? undefined : before, terminal);
  keep(name, value, answers, world.secrets.learn);
}

/** Takes a value from elsewhere, where it is valid. Returns what is wrong with it. */
export function takeField(
  name: FieldName,
  value: string,
  answers: Answers,
  learn: (secret: string) => void,
  input: string,
): readonly Problem[] {
  const problems = problemsWith(FIELDS[name], value, input);
  if (problems.length === 0) keep(name, value, answers, learn);
  return problems;
}

/** A secret is learnt before anything else is done with it. */
function keep(name: FieldName, value: string, answers: Answers, learn: (secret: string) => void): void {
  if (FIELDS[name].secret) learn(value);
  answers[name] = value;
}

function keptText(before: string, hidden: boolean): string {
  if (before === '') return '';
  return hidden ? ' [Enter keeps the one you gave]' : ` [${before}]`;
}
