import { expect, test } from '@jest/globals';
import {
  conditionHolds,
  evaluateText,
  evaluateValue,
  ExpressionProblem,
  problemsInCondition,
  problemsInText,
} from '../../../emulator/try/expressions.ts';

const CONTEXTS = {
  github: { ref_name: 'v1.4.2', event: { release: { name: null, count: 3 } } },
  steps: { build: { outcome: 'failure' } },
  needs: { plan: { outputs: { matrix: '{"region":["eu","us"]}' } } },
};

test.each([
  ['Release ${{ github.ref_name }} is ${{ steps.build.outcome }}', 'Release v1.4.2 is failure'],
  ["${{ steps.build.outcome == 'success' && 'live' || 'held back' }}", 'held back'],
  ["${{ format('{0}: }}', github.ref_name) }}", 'v1.4.2: }'],
  ['${{ github.event.release.name }}|${{ github.event.no.such }}', '|'],
  ['${{ github.event.release.count }} ${{ success() }}', '3 true'],
  ["${{ contains(github.ref_name, '1.4') }}", 'true'],
  ['no expression: $ { { } }', 'no expression: $ { { } }'],
])('%s', (text, expected) => {
  expect(evaluateText(text, CONTEXTS)).toBe(expected);
});

test('a value that is handed on as JSON stays a value', () => {
  expect(evaluateValue('${{ fromJSON(needs.plan.outputs.matrix) }}', CONTEXTS)).toEqual({
    region: ['eu', 'us'],
  });
});

test.each([
  ['always()', true, true],
  ['failure()', false, true],
  [undefined, true, false],
  ["steps.build.outcome == 'failure'", true, false],
  ["${{ always() && steps.build.outcome == 'failure' }}", true, true],
  ['${{ !cancelled() }}', true, true],
  [false, false, false],
  ['github.event.release', true, false],
  ['github.event.release.count', true, false],
  ['github.event.release.name', false, false],
  ['fromJSON(needs.plan.outputs.matrix).region', true, false],
])('the condition %s holds after success: %s, after failure: %s', (condition, afterSuccess, afterFailure) => {
  expect(conditionHolds(condition, CONTEXTS, 'success')).toBe(afterSuccess);
  expect(conditionHolds(condition, CONTEXTS, 'failure')).toBe(afterFailure);
});

test.each([
  ['${{ githb.ref }}', "${{ githb.ref }}: Unrecognized named-value: 'githb'."],
  ['${{ joined(github) }}', "${{ joined(github) }}: Unrecognized function: 'joined'."],
  ["${{ 'a' == }}", /Unexpected end of expression/],
  ['${{ github.ref ', '"${{" without the "}}" that ends it.'],
])('%s is a problem whatever the run', (text, problem) => {
  expect(problemsInText(text)).toEqual([
    typeof problem === 'string' ? problem : expect.stringMatching(problem),
  ]);
});

test.each([
  ["github.ref == 'x'", []],
  ['${{ always() }}', []],
  ['githb.ref', ["githb.ref: Unrecognized named-value: 'githb'."]],
  ['${{ githb.ref }}', ["${{ githb.ref }}: Unrecognized named-value: 'githb'."]],
])('the condition %s, with ${{ }} or without, has the problems %j', (condition, problems) => {
  expect(problemsInCondition(condition)).toEqual(problems);
});

test('a list of the run is there for contains and for an index', () => {
  const contexts = { ...CONTEXTS, matrix: { regions: ['eu', 'us'] } };
  expect(evaluateText("${{ contains(matrix.regions, 'us') }} ${{ matrix.regions[0] }}", contexts)).toBe(
    'true eu',
  );
});

test('what fails only with the values of a run names the expression', () => {
  expect(() => evaluateText('${{ fromJSON(github.ref_name) }}', CONTEXTS)).toThrow(ExpressionProblem);
  expect(() => evaluateText('${{ fromJSON(github.ref_name) }}', CONTEXTS)).toThrow(
    /^\$\{\{ fromJSON\(github\.ref_name\) \}\} cannot be evaluated: /,
  );
});
