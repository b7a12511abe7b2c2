import { afterEach, expect, test } from 'vitest';
import { makeFields, policyOf, randomCondition } from '../../bench/check/random-policy.ts';
import { makeRandom } from '../../bench/rules/random.ts';
import type { ThreadWork } from '../../server/assignments/thread-port.ts';
import { createThreads, type Threads } from '../../server/threads/create-threads.ts';
import { runHere } from '../support/run-here.ts';

const NOW = Date.parse('2026-11-24T15:00:00Z');
const policyWith = (rules: number): ThreadWork['check']['input'] => {
  const random = makeRandom(1);
  const fields = makeFields(20);
  const conditions = Array.from({ length: rules }, () => randomCondition(fields, random, 0));
  return { policy: policyOf(fields, conditions), reps: [], now: NOW };
};

let threads: Threads;
afterEach(() => threads.close());

test('a thread answers what would be answered here', async () => {
  threads = createThreads();
  const small = policyWith(12);
  const here = await runHere('check', small);
  expect(here.length).toBeGreaterThan(3);
  // More pieces than threads: the others wait for their turn.
  const answers = await Promise.all(Array.from({ length: 5 }, () => threads.run('check', small)));
  for (const answer of answers) expect(answer).toEqual(here);
});

test('work nobody waits for any more ends, at work or in the queue, and what comes after it is done', async () => {
  threads = createThreads();
  const left = new AbortController();
  const huge = policyWith(2_000);
  const running = Array.from({ length: 4 }, () => threads.run('check', huge, { signal: left.signal }));
  left.abort();
  for (const result of await Promise.allSettled(running))
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'request_aborted' } });
  await expect(threads.run('check', policyWith(2))).resolves.toBeInstanceOf(Array);
  await expect(threads.run('check', huge, { signal: left.signal })).rejects.toMatchObject({
    code: 'request_aborted',
  });
});

test('work that takes longer than it may is refused, and so is all once the service stops', async () => {
  threads = createThreads({ check: 30 });
  await expect(threads.run('check', policyWith(2_000))).rejects.toMatchObject({
    code: 'took_too_long',
    status: 422,
  });
  threads = createThreads();
  const running = threads.run('check', policyWith(2_000));
  await threads.close();
  await expect(running).rejects.toMatchObject({ code: 'request_aborted' });
});

test('what fails in a thread fails with whoever asked', async () => {
  threads = createThreads();
  await expect(threads.run('check', { policy: null, reps: [], now: NOW } as never)).rejects.toThrow(
    TypeError,
  );
});
