import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { badInput } from './bad-input.ts';

/** The arguments of a command as its options. Throws BadInput on what is none of them. */
export const parseOptions = <Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error;
    const [said = ''] = (error as Error).message.split(/[.\n]/);
    throw badInput(null, null, `${said}; --help tells the options there are`);
  }
};
