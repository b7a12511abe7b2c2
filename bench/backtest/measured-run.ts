/** One engine on one file, in a process of its own; prints what it measured as one line of JSON. */
import { ENGINES } from './engines.ts';

/** Seconds from start to end, resident megabytes at most, and megabytes of live objects at most. */
export interface Measured {
  readonly seconds: number;
  readonly residentMb: number;
  readonly liveMb: number;
}

/** How often live objects are weighed, milliseconds. */
const EVERY = 500;

const measure = async (name: string, policy: string, leads: string): Promise<Measured> => {
  let live = 0;
  const weigh = (): void => {
    globalThis.gc?.();
    live = Math.max(live, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(weigh, EVERY);
  const begun = performance.now();
  await ENGINES[name]!(policy, leads);
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(timer);
  weigh();
  return { seconds, residentMb: process.resourceUsage().maxRSS / 1024, liveMb: live / 1e6 };
};

if (import.meta.main) {
  const [name = '', policy = '', leads = ''] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(name, policy, leads)));
}
