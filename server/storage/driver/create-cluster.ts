import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../base/app-error.ts';

/**
 * Makes a database directory where there is none. Another process does it, because making one takes 800 MB that
 * would not be given back; the directory appears under its name only when it is whole.
 */
export const createCluster = async (directory: string): Promise<void> => {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  const child = fork(new URL('./create-cluster-child.ts', import.meta.url), [unfinished], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new AppError(
      'database_not_created',
      `No database could be made in ${directory}. Check that the folder can be written and has 100 MB free. ${complaint}`,
    );
  }
  await rename(unfinished, directory);
};
