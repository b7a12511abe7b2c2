import { nearest } from '../routing/policy/strict-object.ts';
import { audit } from './audit.ts';
import { BadInput, badInput, problemText } from './bad-input.ts';
import { check } from './check.ts';
import type { ExitCode } from './exit-code.ts';
import { HELP } from './help.ts';
import { ownerLink } from './owner-link.ts';
import { replay } from './replay.ts';
import { type Reseal, resealCommand } from './reseal.ts';
import { route } from './route.ts';
import { simulate } from './simulate.ts';
import { tenant } from './tenant.ts';
import type { Terminal } from './terminal.ts';

type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;

type Commands = Readonly<Record<string, Command>>;

const COMMANDS: Commands = { route, check, simulate, audit, replay, tenant, 'owner-link': ownerLink };

const noDatabase: Reseal = async () => ({ mistake: 'There is no database to seal anew here.' });

/**
 * Runs the command that the arguments name. Bad input is told on standard error, a line for each problem. `reseal`: how
 * the one command that changes the service's own database does it.
 */
export const runCommand = async (
  args: readonly string[],
  terminal: Terminal,
  reseal = noDatabase,
): Promise<ExitCode> => {
  if (args.includes('--help') || args.includes('-h') || args[0] === 'help') {
    terminal.out.write(`${HELP}\n`);
    return 0;
  }
  try {
    const commands = { ...COMMANDS, reseal: resealCommand(reseal) };
    return await commandOf(args[0], commands)(args.slice(1), terminal);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    tell(error, terminal);
    return 2;
  }
};

const commandOf = (name: string | undefined, commands: Commands): Command => {
  const known = Object.keys(commands);
  const there = `the commands are ${known.join(', ')}; --help tells how to call them`;
  if (name === undefined) throw badInput(null, null, `name a command: ${there}`);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const near = nearest(name, known);
  throw badInput(null, null, `${name} is no command; ${near === null ? there : `did you mean ${near}?`}`);
};

const tell = ({ problems, count }: BadInput, { err }: Terminal): void => {
  for (const problem of problems) err.write(`${problemText(problem)}\n`);
  const more = count - problems.length;
  if (more > 0) err.write(`and ${more.toLocaleString('en')} more\n`);
};
