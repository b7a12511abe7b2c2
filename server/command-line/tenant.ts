import { createWriteStream } from 'node:fs';
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

const OPTIONS = {
  ...SERVICE_OPTIONS,
  out: { type: 'string' },
  name: { type: 'string' },
  'at-once': { type: 'boolean' },
} as const;
type Options = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/** `tenant export` and `tenant delete`: has a running service do it. Throws BadInput. */
export const tenant = async (
  [action, ...args]: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> => {
  const run = ACTIONS[action ?? ''];
  if (run === undefined) throw badInput(null, null, 'say what to do: tenant export or tenant delete');
  const options = parseOptions(args, OPTIONS);
  await run(serviceOf(options, env), options, terminal);
  return 0;
};

const lastLine = z.object({ end: z.literal(true), tables: z.int(), rows: z.int() });

/** Everything of the key's workspace, into a file. */
const exportTo = async (service: Service, { out }: Options, { err }: Terminal): Promise<void> => {
  if (out === undefined) throw badInput(null, null, '--out is missing; name a file that is not there yet');
  const response = await askService(service, 'GET', '/api/v1/export');
  const body = response.body as ReadableStream<Uint8Array> | null;
  if (body === null) throw badInput(null, null, `${service.url} sent nothing; check --url`);
  let tail = '';
  const keepTail = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      tail = (tail + Buffer.from(chunk).toString('latin1')).slice(-TAIL);
      yield chunk;
    }
  };
  // Personal data: readable by this user alone, and nothing is written over.
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600 });
  await pipeline(Readable.fromWeb(body), keepTail, file).catch((error: NodeJS.ErrnoException) => {
    throw badInput(null, null, `${out} could not be written: ${error.message}`);
  });
  const { tables, rows } = whole(tail, out);
  err.write(`${wholeText(rows)} rows of ${wholeText(tables)} tables are in ${out}.\n`);
};

/** The last line is shorter than this. Characters. */
const TAIL = 200;

const whole = (tail: string, out: string): z.output<typeof lastLine> => {
  const line = tail.trimEnd().split('\n').at(-1) ?? '';
  const parsed = lastLine.safeParse(readJson(line));
  if (!parsed.success)
    throw badInput(null, null, `${out} is not whole: the service stopped before its end; try again`);
  return parsed.data;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const asked = z.looseObject({ deletesAt: z.string() });

/** The key's workspace, by its name. */
const remove = async (service: Service, options: Options, { err }: Terminal): Promise<void> => {
  const { name, 'at-once': atOnce } = options;
  if (name === undefined)
    throw badInput(
      null,
      null,
      '--name is missing; type the name of the workspace, so that none is deleted by mistake',
    );
  const body = { name, ...(atOnce && { atOnce }) };
  const response = await askService(service, 'POST', '/api/v1/workspace/deletion', body);
  const { deletesAt } = await readAnswer(service, response, asked);
  err.write(
    atOnce
      ? 'Nothing is decided or sent any more; every row is gone in a few minutes.\n'
      : `Nothing is decided or sent any more; every row goes at ${deletesAt}. Until then it can be taken back in the console.\n`,
  );
};

const ACTIONS: Readonly<Record<string, typeof exportTo>> = { export: exportTo, delete: remove };
