import { nearest } from '../routing/policy/strict-object.ts';
import { audit } from './audit.ts';
import { BadInput, badInput, problemText } from './bad-input.ts';
import { check } from './check.ts';
import type { ExitCode } from './exit-code.ts';
import { HELP } from './help.ts';
import { ownerLink } from './owner-link.ts';
import { replay } from './replay.ts';
import { route } from './route.ts';
import { simulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';

type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  route,
  check,
  simulate,
  audit,
  replay,
  'owner-link': ownerLink,
};

/** Runs the command that the arguments name. Bad input is told on standard error, a line for each problem. */
export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  if (args.includes('--help') || args.includes('-h') || args[0] === 'help') {
    terminal.out.write(`${HELP}\n`);
    return 0;
  }
  try {
    return await commandOf(args[0])(args.slice(1), terminal);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    tell(error, terminal);
    return 2;
  }
};

const commandOf = (name: string | undefined): Command => {
  const known = Object.keys(COMMANDS);
  const there = `the commands are ${known.join(', ')}; --help tells how to call them`;
  if (name === undefined) throw badInput(null, null, `name a command: ${there}`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  const near = nearest(name, known);
  throw badInput(null, null, `${name} is no command; ${near === null ? there : `did you mean ${near}?`}`);
};

const tell = ({ problems, count }: BadInput, { err }: Terminal): void => {
  for (const problem of problems) err.write(`${problemText(problem)}\n`);
  const more = count - problems.length;
  if (more > 0) err.write(`and ${more.toLocaleString('en')} more\n`);
};
