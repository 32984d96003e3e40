import { expect, test } from '@jest/globals';
import { evaluateText } from '../../../emulator/try/expressions.ts';
import { runContexts } from '../../../emulator/try/made-up-contexts.ts';
import { eventNames, madeUpEvent } from '../../../emulator/try/made-up-event.ts';
import { readWorkflow } from '../../../emulator/try/workflow.ts';

/** What an expression comes to in the made-up run that the first event of a workflow starts. */
function valueOf(expression: string, on: string): string {
  const text = `on: ${on}\njobs: { deploy: { steps: [] } }`;
  const workflow = readWorkflow(text);
  const [first = ''] = eventNames(workflow);
  const contexts = runContexts(madeUpEvent(first, workflow), 'Deploy', `${text} ${expression}`);
  return evaluateText(expression, contexts);
}

test.each([
  [
    'push',
    '${{ github.event_name }} ${{ github.ref }} ${{ github.event.head_commit.message }}',
    'push refs/heads/main Mend the sidebar',
  ],
  ['[release, push]', '${{ github.ref_name }} ${{ github.event.release.tag_name }}', 'v1.4.2 v1.4.2'],
  ['{ pull_request: }', '${{ github.ref }} ${{ github.event.number }}', 'refs/pull/7/merge 7'],
  ['{ schedule: [{ cron: "30 2 * * *" }] }', '${{ github.event.schedule }}', '30 2 * * *'],
  ['{ workflow_run: { workflows: [Nightly] } }', '${{ github.event.workflow_run.name }}', 'Nightly'],
  ['workflow_run', '${{ github.event.workflow_run.name }}', 'Deploy'],
  [
    '{ workflow_dispatch: { inputs: { region: { type: choice, options: [eu, us] }, dry: { type: boolean }, size: { type: number }, note: { required: true }, tag: { default: v2 }, plain: } } }',
    '${{ inputs.region }} ${{ inputs.dry }} ${{ inputs.size }} ${{ inputs.note }} ${{ github.event.inputs.tag }} ${{ inputs.plain }}',
    'eu false 1 note v2 plain',
  ],
  [
    '{ workflow_call: { inputs: { site: { type: string } } } }',
    '${{ github.event_name }} ${{ inputs.site }}',
    'push site',
  ],
  ['push', '${{ vars.REGION }} ${{ secrets.KEY }} ${{ vars.other-name }}', 'REGION KEY other-name'],
])('on: %s, %s', (on, expression, expected) => {
  expect(valueOf(expression, on)).toBe(expected);
});
