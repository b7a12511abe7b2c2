import { type FileHandle, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { wholeText } from '../routing/words/figures.ts';
import { askService, readAnswer, SERVICE_OPTIONS, type Service, serviceOf } from './ask-service.ts';
import { badInput } from './bad-input.ts';
import type { ExitCode } from './exit-code.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const EXPORT_OPTIONS = { ...SERVICE_OPTIONS, out: { type: 'string' } } as const;
const DELETE_OPTIONS = {
  ...SERVICE_OPTIONS,
  name: { type: 'string' },
  'at-once': { type: 'boolean' },
} as const;

type Action = (args: readonly string[], terminal: Terminal, env: NodeJS.ProcessEnv) => Promise<void>;

/** `tenant export` and `tenant delete`: has a running service do it. Throws BadInput. */
export const tenant = async (
  [action = '', ...args]: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> => {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw badInput(null, null, 'say what to do: tenant export or tenant delete');
  await run(args, terminal, env);
  return 0;
};

const lastLine = z.object({ end: z.literal(true), tables: z.int(), rows: z.int() });

/** Everything of the key's workspace, into a file that is there only once it is whole. */
const exportTo: Action = async (args, { err }, env) => {
  const options = parseOptions(args, EXPORT_OPTIONS);
  const { out } = options;
  if (out === undefined) throw badInput(null, null, '--out is missing; name a file that is not there yet');
  const service = serviceOf(options, env);
  // Personal data: readable by this user alone, and nothing is written over.
  const file = await open(out, 'wx', 0o600).catch((error: Error) => {
    throw badInput(
      null,
      null,
      `${out} could not be written: ${error.message}; name a file that is not there yet`,
    );
  });
  try {
    const { tables, rows } = await fetchInto(file, out, service);
    err.write(`${wholeText(rows)} rows of ${wholeText(tables)} tables are in ${out}.\n`);
  } catch (error) {
    await file.close();
    await rm(out, { force: true });
    throw error;
  }
};

const fetchInto = async (
  file: FileHandle,
  out: string,
  service: Service,
): Promise<z.output<typeof lastLine>> => {
  const response = await askService(service, 'GET', '/api/v1/export');
  let tail = '';
  const keepTail = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      tail = (tail + Buffer.from(chunk).toString('latin1')).slice(-TAIL);
      yield chunk;
    }
  };
  const body = (response.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>;
  await pipeline(Readable.fromWeb(body), keepTail, file.createWriteStream()).catch((error: Error) => {
    throw badInput(null, null, `${out} could not be written: ${error.message}; try again`);
  });
  const last = readJson(tail.trimEnd().split('\n').at(-1) ?? '');
  const parsed = lastLine.safeParse(last);
  if (parsed.success) return parsed.data;
  throw badInput(null, null, `nothing is in ${out}: the service stopped before the end; try again`);
};

/** The last line is shorter than this. Characters. */
const TAIL = 200;

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const asked = z.looseObject({ deletesAt: z.string() });

/** The key's workspace, by its name. */
const remove: Action = async (args, { err }, env) => {
  const options = parseOptions(args, DELETE_OPTIONS);
  const { name, 'at-once': atOnce } = options;
  if (name === undefined)
    throw badInput(
      null,
      null,
      '--name is missing; type the name of the workspace, so that none is deleted by mistake',
    );
  const service = serviceOf(options, env);
  const body = { name, ...(atOnce && { atOnce }) };
  const response = await askService(service, 'POST', '/api/v1/workspace/deletion', body);
  const { deletesAt } = await readAnswer(service, response, asked);
  err.write(
    atOnce
      ? 'Nothing is decided or sent any more; every row is gone in a few minutes.\n'
      : `Nothing is decided or sent any more; every row goes at ${deletesAt}. Until then it can be taken back in the console.\n`,
  );
};

const ACTIONS: Readonly<Record<string, Action>> = { export: exportTo, delete: remove };
