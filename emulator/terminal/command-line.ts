import { parseArgs } from 'node:util';
import { BadInput } from '../bad-input.ts';
import { checkSwitches, SWITCH_NAMES, SWITCH_RULES, type Switches } from '../desk/switches.ts';
import { checkFaults, FAULT_KEYS, FAULT_KINDS } from '../faults/fault-input.ts';
import { type Fault, FAULT_EFFECTS } from '../faults/fault-kinds.ts';
import { MOST_PORTALS } from '../portals/portals.ts';

/** What the command line asks for. */
export interface Command {
  help: boolean;
  port: number;
  portals: number;
  /** Where to write the list of installations, or undefined for nowhere. */
  installations: string | undefined;
  switches: Partial<Switches>;
  faults: Fault[];
}

const DEFAULT_PORT = 8025;
const ALL_FLAGS = ['port', 'portals', 'installations', 'fault', 'help', ...SWITCH_NAMES.map(kebabCase)];

/** Reads the arguments after the script's name; throws a `BadInput` that says all that is wrong. */
export function readCommandLine(args: readonly string[]): Command {
  const given = readFlags(args);
  const problems: string[] = [];
  const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      problems.push(error.message);
      return otherwise;
    }
  };
  const command = {
    help: given.has('help'),
    port: attempt(() => readPort(given.get('port')?.at(-1)), DEFAULT_PORT),
    portals: attempt(() => readPortals(given.get('portals')?.at(-1)), 1),
    installations: given.get('installations')?.at(-1),
    switches: attempt(() => readSwitches(given), {}),
    faults: (given.get('fault') ?? []).flatMap((text) => attempt(() => readFault(text), [])),
  };
  if (problems.length > 0 && !command.help) throw new BadInput(problems.join('\n'));
  return command;
}

/** The flags as given: `--name value`, `--name=value`, and `--help` alone. */
function readFlags(args: readonly string[]): Map<string, string[]> {
  const options = Object.fromEntries(
    ALL_FLAGS.map((name) => [name, { type: name === 'help' ? ('boolean' as const) : ('string' as const) }]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new BadInput(`Unexpected argument ${token.value}. ${flagsAre()}`);
    if (!ALL_FLAGS.includes(token.name)) throw new BadInput(`Unknown flag ${token.rawName}. ${flagsAre()}`);
    if (token.name !== 'help' && (token.value === undefined || token.value.startsWith('--')))
      throw new BadInput(`${token.rawName} needs a value.`);
    given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? '']);
  }
  return given;
}

function flagsAre(): string {
  return `Flags are: ${ALL_FLAGS.map((name) => `--${name}`).join(', ')}.`;
}

function readPort(text = String(DEFAULT_PORT)): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new BadInput(`--port cannot be ${text}. Allowed: 0 (any free port) to 65535.`);
  return port;
}

function readPortals(text = '1'): number {
  const portals = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(portals >= 1 && portals <= MOST_PORTALS))
    throw new BadInput(`--portals cannot be ${text}. Allowed: a whole number from 1 to ${MOST_PORTALS}.`);
  return portals;
}

function readSwitches(given: Map<string, string[]>): Partial<Switches> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of SWITCH_NAMES) {
    const text = given.get(kebabCase(name))?.at(-1);
    if (text === undefined) continue;
    const rule = SWITCH_RULES[name];
    values[name] = rule.fromText(text);
    if (values[name] === undefined)
      problems.push(`--${kebabCase(name)} cannot be ${text}. Allowed: ${rule.allowed}.`);
  }
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  return checkSwitches(values);
}

/** `kind:key=value,key=value`; what has commas in it or needs headers goes over POST /__emulator/faults. */
function readFault(text: string): Fault[] {
  const [kind = '', ...rest] = text.split(':');
  const pairs = rest
    .join(':')
    .split(',')
    .filter((pair) => pair !== '');
  const settings = pairs.map((pair): [string, unknown] => {
    const [key = '', ...value] = pair.split('=');
    return [key, readFaultValue(key, value.join('='))];
  });
  try {
    return checkFaults({ kind, ...Object.fromEntries(settings) });
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(`--fault ${text}: ${error.message}`) : error;
  }
}

function readFaultValue(key: string, text: string): unknown {
  const isNumber = ['times', 'skip', 'retryAfter', 'delayMs', 'status'].includes(key) && /^\d+$/.test(text);
  return isNumber ? Number(text) : text;
}

/** The text of `--help`: every flag, switch and fault with what it may be. */
export function helpText(): string {
  const switches = SWITCH_NAMES.map((name) => {
    const { meaning, allowed, initially } = SWITCH_RULES[name];
    return `  --${kebabCase(name).padEnd(22)} ${meaning}\n${' '.repeat(27)}${allowed} (default ${String(initially)})`;
  });
  const faults = FAULT_KINDS.map((kind) => `  ${kind.padEnd(16)} ${FAULT_EFFECTS[kind].meaning}`);
  const keys = Object.keys(FAULT_KEYS).filter((key) => key !== 'kind' && key !== 'headers');
  return `A local Zoho Desk, to write extension logs to and look at.

Usage: npm run emulator -- [flags]

  --port                   port on 127.0.0.1; 0 is any free one (default ${DEFAULT_PORT})
  --portals                how many customers' portals it serves, to ${MOST_PORTALS.toLocaleString('en')} (default 1)
  --installations          a file to write the portals' installations to, for the Action's installations-file
  --fault                  kind[:key=value,…], as often as you like; they strike in this order
  --help                   this text

Switches
${switches.join('\n')}

Faults, with the keys ${keys.join(', ')}
${faults.join('\n')}

Examples
  npm run emulator -- --overflow newParent --fault tooMany:retryAfter=2,times=3 --fault resetAfter
  npm run emulator -- --portals 200 --installations installations.jsonl
`;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
