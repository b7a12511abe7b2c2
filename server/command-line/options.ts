import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { parseDuration } from '../routing/policy/duration.ts';
import { readDatetimeJson } from '../routing/policy/read-moments.ts';
import { Refusal } from '../routing/policy/refusal.ts';
import { badInput } from './bad-input.ts';

/** Reads a command's arguments. Throws BadInput on one it does not know. */
export const parseOptions = <Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error;
    const [said = ''] = (error as Error).message.split(/\. |\n/);
    throw badInput(null, null, `${said}; --help tells the options there are`);
  }
};

/** An argument the command cannot do without. */
export const needed = <Value>(value: Value | undefined, missing: string): Value => {
  if (value === undefined) throw badInput(null, null, missing);
  return value;
};

/** Epoch milliseconds of an argument; null: it was not given. */
export const instantOption = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null;
  const read = readDatetimeJson(text);
  if (read instanceof Refusal) throw badInput(null, null, `${name}: ${read.message}`);
  return read;
};

/** Milliseconds of an argument such as `PT2H`; null: it was not given. */
export const durationOption = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null;
  const read = parseDuration(text);
  if (read === null)
    throw badInput(null, null, `${name}: ${text} is no duration; write hours and minutes as PT2H30M`);
  return read;
};
