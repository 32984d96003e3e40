import { keptNamesOf, type Answers, type KeptName } from '../connection/fields.ts';
import type { Session } from '../session.ts';
import { askYesNo } from '../terminal/questions.ts';
import { Gh } from './gh.ts';

/** With the host before it where that is not github.com. */
const REPOSITORY = /^([\w.-]+\/)?[\w.-]+\/[\w.-]+$/;

/** Lets gh keep the connection as the repository's variables and secrets, or says how to do it by hand. */
export async function keepInGithub(session: Session, answers: Answers): Promise<void> {
  const { terminal, runProgram } = session;
  const names = keptNamesOf(answers);
  terminal.say("  The workflow finds the connection in the repository's");
  terminal.say(`    variables ${nameList(names, 'variable')}`);
  terminal.say(`    secrets   ${nameList(names, 'secret')}`);
  const gh = new Gh(runProgram);
  if (!(await gh.isInstalled())) {
    terminal.say(
      "  GitHub's command line would set them now, but gh is not installed: https://cli.github.com",
    );
  } else if (await askYesNo(terminal, 'Set them now with gh?')) {
    for (;;) {
      if (await keepWithGh(gh, names, answers, session)) return;
      if (!(await askYesNo(terminal, 'Try again with gh?'))) break;
    }
  }
  await tellHowToKeep(names, answers, session);
}

/** Sets every name in a repository that it asks for. Returns whether all of them are set now. */
async function keepWithGh(
  gh: Gh,
  names: readonly KeptName[],
  answers: Answers,
  { terminal }: Session,
): Promise<boolean> {
  const repository = await askForRepository(gh, { terminal });
  const present: string[] = [];
  for (const kind of ['variable', 'secret'] as const) {
    const found = await gh.namesIn(repository, kind);
    if (!found.ok) {
      terminal.say(`✗ gh could not read the ${kind}s of ${repository}: ${found.said}`);
      return false;
    }
    present.push(
      ...names
        .filter((kept) => kept.kind === kind && found.value.includes(kept.name))
        .map(({ name }) => name),
    );
  }
  if (present.length > 0) {
    const question = `${repository} has ${present.join(', ')} already. Replace what is there?`;
    if (!(await askYesNo(terminal, question))) return false;
  }
  for (const kept of names) {
    const done = await gh.keep(repository, kept, answers[kept.field]);
    if (!done.ok) {
      terminal.say(`✗ gh could not set the ${kept.kind} ${kept.name}: ${done.said}`);
      return false;
    }
    terminal.say(`✓ ${kept.kind} ${kept.name}`);
  }
  return true;
}

async function askForRepository(gh: Gh, { terminal }: Pick<Session, 'terminal'>): Promise<string> {
  const current = await gh.currentRepository();
  for (;;) {
    const shown = current === '' ? '' : ` [${current}]`;
    const typed = (await terminal.ask(`? Repository, as owner/name${shown}: `)).trim() || current;
    if (REPOSITORY.test(typed)) return typed;
    terminal.say('✗ Repository: must be owner/name, as in its address on GitHub.');
  }
}

/** The commands to run by hand. The refresh token, which the person has never seen, can be shown once. */
async function tellHowToKeep(
  names: readonly KeptName[],
  answers: Answers,
  { terminal }: Session,
): Promise<void> {
  terminal.say(
    '\n  Set them in the repository under Settings > Secrets and variables > Actions, or with gh:\n',
  );
  for (const { kind, name, field } of names) {
    const value = kind === 'variable' ? ` --body ${answers[field]}` : '  # asks for the value';
    terminal.say(`    gh ${kind} set ${name}${value}`);
  }
  terminal.say('');
  if (terminal.showOnce === undefined) {
    terminal.say('  The refresh token is shown only in a terminal. Run this there to copy it.');
  } else if (
    await askYesNo(
      terminal,
      'Show the refresh token once, to copy it? It is wiped off the screen after that.',
    )
  ) {
    await terminal.showOnce(`Refresh token, for ZOHO_REFRESH_TOKEN:\n\n${answers.refreshToken}`);
  }
}

function nameList(names: readonly KeptName[], kind: KeptName['kind']): string {
  return names
    .filter((kept) => kept.kind === kind)
    .map(({ name }) => name)
    .join(', ');
}
