/** A thread that does one piece of work at a time. It keeps nothing from one to the next. */
import { parentPort } from 'node:worker_threads';
import { JOBS } from './jobs.ts';
import type { FromThread, Job, ToThread } from './thread-messages.ts';

const port = parentPort!;
const say = (message: FromThread): void => port.postMessage(message);

let job: Job<unknown, unknown> | null = null;

const take = (message: ToThread): FromThread => {
  switch (message.kind) {
    case 'begin':
      job = (JOBS[message.work] as (input: unknown) => Job<unknown, unknown>)(message.input);
      return { kind: 'taken' };
    case 'page':
      job?.take(message.page);
      return { kind: 'taken' };
    case 'end': {
      const answer = job?.end();
      job = null;
      return { kind: 'answer', answer };
    }
    default:
      return message satisfies never;
  }
};

port.on('message', (message: ToThread) => {
  try {
    say(take(message));
  } catch (error) {
    job = null;
    say({ kind: 'failed', error });
  }
});
