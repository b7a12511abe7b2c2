import { z } from 'zod';
import { wholeText } from '../routing/words/figures.ts';
import { askService, readAnswer, SERVICE_OPTIONS, type Service, serviceOf } from './ask-service.ts';
import type { ExitCode } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { createProgress, type Progress } from './progress.ts';
import { createLineWriter, type LineWriter, type Terminal } from './terminal.ts';

const OPTIONS = { ...SERVICE_OPTIONS, json: { type: 'boolean' } } as const;

/** Decisions asked for at once. */
const AT_ONCE = 200;

const difference = z.object({ part: z.string(), stored: z.string(), replayed: z.string() });
const reply = z.object({
  left: z.int(),
  counts: z.object({ same: z.int(), differs: z.int(), inputs_erased: z.int(), not_asked: z.int() }),
  differing: z.array(z.looseObject({ decision: z.string(), differences: z.array(difference) })),
  next: z.int().nullable(),
});
type Reply = z.output<typeof reply>;

/**
 * `replay`: has a running service decide all its stored decisions again, and lists those that come out otherwise. Ends
 * with 1 when any does. Throws BadInput.
 */
export const replay = async (
  args: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> => {
  const options = parseOptions(args, OPTIONS);
  const { json = false } = options;
  const service = serviceOf(options, env);
  const writer = createLineWriter(terminal.out);
  const total: Record<string, number> = { same: 0, differs: 0, inputs_erased: 0, not_asked: 0 };
  let progress: Progress | null = null;
  for (let after: number | null = 0; after !== null; ) {
    const page = await ask(service, after);
    progress ??= createProgress(terminal, page.left);
    for (const [result, count] of Object.entries(page.counts)) {
      total[result] = (total[result] ?? 0) + count;
      for (let i = 0; i < count; i++) progress.step();
    }
    await tell(page, writer, json);
    after = page.next;
  }
  progress?.end();
  if (!json) await writer.line(summaryOf(total));
  await writer.flush();
  return total.differs === 0 ? 0 : 1;
};

const ask = async (service: Service, after: number): Promise<Reply> => {
  const asked = { after, limit: AT_ONCE };
  const response = await askService(service, 'POST', '/api/v1/decisions/replay', asked);
  return readAnswer(service, response, reply);
};

const tell = async ({ differing }: Reply, { line }: LineWriter, json: boolean): Promise<void> => {
  for (const one of differing) {
    if (json) await line(JSON.stringify(one));
    else
      for (const { part, stored, replayed } of one.differences)
        await line(`${one.decision}: ${part} was ${stored} and is now ${replayed}`);
  }
};

const summaryOf = ({
  same = 0,
  differs = 0,
  inputs_erased = 0,
  not_asked = 0,
}: Record<string, number>): string =>
  [
    `${wholeText(same + differs)} decided again: ${wholeText(same)} bit for bit the same, ${wholeText(differs)} otherwise.`,
    ...(inputs_erased > 0 ? [`${wholeText(inputs_erased)} could not be: their inputs are erased.`] : []),
    ...(not_asked > 0 ? [`${wholeText(not_asked)} had not asked the policy.`] : []),
  ].join(' ');
