import type { RunInThread, ThreadWorkKind } from '../../server/assignments/thread-port.ts';
import { JOBS } from '../../server/threads/jobs.ts';
import type { Job } from '../../server/threads/thread-messages.ts';

/** Does what threads do, in this one. */
export const runHere = (async (
  kind: ThreadWorkKind,
  input: never,
  options: { pages?: AsyncIterable<unknown> } = {},
) => {
  const job = (JOBS[kind] as (input: never) => Job<unknown, unknown>)(input);
  for await (const page of options.pages ?? []) job.take(page);
  return job.end();
}) as RunInThread;
