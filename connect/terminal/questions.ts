import { ifInputEnded, type Terminal } from './terminal.ts';

/** A yes or no; Enter takes the default. With no one there to answer, it is no. */
export async function askYesNo(
  terminal: Terminal,
  question: string,
  { byDefault = false } = {},
): Promise<boolean> {
  const choice = byDefault ? '[Y/n]' : '[y/N]';
  for (;;) {
    const answer = await terminal.ask(`? ${question} ${choice} `).catch(ifInputEnded('no'));
    const word = answer.trim().toLowerCase();
    if (word === '') return byDefault;
    if (word === 'y' || word === 'yes') return true;
    if (word === 'n' || word === 'no') return false;
    terminal.say('✗ Answer y for yes or n for no.');
  }
}
