import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** The values that expressions name: `github`, `vars`, `steps`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the run stands, for `success()`, `failure()` and `cancelled()`. */
export type RunStatus = 'success' | 'failure';

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts. */
const CONTEXT_NAMES = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];

/** `${{ … }}`; braces within a quoted text do not end it. */
const EXPRESSION = /\$\{\{((?:'[^']*'|[^'}]|\}(?!\}))*)\}\}/g;
const STATUS_FUNCTION = /\b(always|success|failure|cancelled)\s*\(/;

/** An expression that cannot be evaluated, and why. */
export class ExpressionProblem extends Error {}

/** A text with each of its expressions replaced by its value, as GitHub writes it. Throws an `ExpressionProblem`. */
export function evaluateText(text: string, contexts: Contexts, status: RunStatus = 'success'): string {
  return text.replaceAll(EXPRESSION, (_all, expression: string) =>
    evaluate(expression, contexts, status).coerceString(),
  );
}

/** The value of a text that is one expression, such as a matrix that a job hands on as JSON. */
export function evaluateValue(text: string, contexts: Contexts): unknown {
  const [, expression = ''] = new RegExp(`^\\s*${EXPRESSION.source}\\s*$`).exec(text) ?? [];
  return JSON.parse(JSON.stringify(evaluate(expression, contexts, 'success'), data.replacer)) as unknown;
}

/** Whether a condition holds. One without a status function holds only while everything went well. */
export function conditionHolds(
  condition: string | boolean | undefined,
  contexts: Contexts,
  status: RunStatus,
): boolean {
  const text = String(condition ?? 'success()').replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1');
  const whole = STATUS_FUNCTION.test(text) ? text : `success() && (${text})`;
  return isTruthy(evaluate(whole, contexts, status));
}

/** Why the expressions of a text cannot be evaluated, whatever the run; an empty list where they can. */
export function problemsInText(text: string): string[] {
  const problems = [...text.matchAll(EXPRESSION)].flatMap(([all, expression = '']) => {
    const problem = problemOf(expression);
    return problem === undefined ? [] : [`${all}: ${problem}`];
  });
  if (text.replaceAll(EXPRESSION, '').includes('${{')) problems.push('"${{" without the "}}" that ends it.');
  return problems;
}

/** The same of a condition, which needs no `${{ }}`. */
export function problemsInCondition(condition: string): string[] {
  if (condition.includes('${{')) return problemsInText(condition);
  const problem = problemOf(condition);
  return problem === undefined ? [] : [`${condition}: ${problem}`];
}

function problemOf(expression: string): string | undefined {
  try {
    parsed(expression);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}.`;
  }
}

function parsed(expression: string) {
  const { tokens } = new Lexer(expression).lex();
  return new Parser(tokens, CONTEXT_NAMES, Object.values(functionsFor('success'))).parse();
}

function evaluate(expression: string, contexts: Contexts, status: RunStatus): data.ExpressionData {
  try {
    const functions = new Map(Object.entries(functionsFor(status)));
    return new Evaluator(parsed(expression), dictionaryOf(contexts), functions).evaluate();
  } catch (error) {
    throw new ExpressionProblem(
      `\${{ ${expression.trim()} }} cannot be evaluated: ${(error as Error).message}`,
    );
  }
}

/** The functions that depend on the run; all others are the evaluator's own. */
function functionsFor(status: RunStatus) {
  const answering = (name: string, value: data.ExpressionData, maxArgs = 0) => ({
    name,
    minArgs: 0,
    maxArgs,
    call: () => value,
  });
  return {
    always: answering('always', new data.BooleanData(true)),
    success: answering('success', new data.BooleanData(status === 'success')),
    failure: answering('failure', new data.BooleanData(status === 'failure')),
    cancelled: answering('cancelled', new data.BooleanData(false)),
    hashfiles: answering('hashFiles', new data.StringData('0'.repeat(64)), 255),
  };
}

/** As GitHub converts a value to a boolean: lists and objects are true. */
function isTruthy(value: data.ExpressionData): boolean {
  if (value.kind === data.Kind.Null) return false;
  return 'value' in value ? Boolean(value.value) : true;
}

function dictionaryOf(values: Contexts): data.Dictionary {
  return new data.Dictionary(
    ...Object.entries(values).map(([key, value]) => ({ key, value: expressionData(value) })),
  );
}

function expressionData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(expressionData));
  if (typeof value === 'string') return new data.StringData(value);
  return dictionaryOf(value as Contexts);
}
