import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LoadOrder, LoadResult } from './load.ts';

const LOAD = fileURLToPath(new URL('./load.ts', import.meta.url));
const run = promisify(execFile);

/** Runs one burst from a process of its own, so that what is measured does not wait for who measures. */
export async function generate(order: LoadOrder): Promise<LoadResult> {
  const { stdout } = await run(process.execPath, [LOAD, JSON.stringify(order)], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as LoadResult;
}
