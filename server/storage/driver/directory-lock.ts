import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { AppError } from '../../base/app-error.ts';

/** How often a holder says that it is alive, and how long another machine believes it. Milliseconds. */
const HEARTBEAT = 5_000;
const BELIEVED = 30_000;

interface Holder {
  readonly pid: number;
  /** When the process began, so that a later process with the same number is not taken for it. */
  readonly started: string;
  readonly host: string;
}

/** A held lock. `release` lets it go; it is let go too when the process ends. */
export interface DirectoryLock {
  readonly release: () => Promise<void>;
}

/** When a process began, in whatever form the system tells it; null: there is no such process. */
const startOf = (pid: number): string | null => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
    // The 22nd field; the second is a name in parentheses that may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ');
    return fields?.[19] ?? null;
  } catch {
    return null;
  }
};

const isStale = async (path: string, holder: Holder): Promise<boolean> => {
  if (holder.host === hostname()) return startOf(holder.pid) !== holder.started;
  return Date.now() - (await stat(path)).mtimeMs > BELIEVED;
};

const read = async (path: string): Promise<{ text: string; holder: Holder } | null> => {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : { text, holder: JSON.parse(text) as Holder };
};

/** Puts a stale lock aside, unless another process was quicker: then its lock is put back. */
const putAside = async (path: string, stale: string): Promise<void> => {
  const aside = `${path}.${process.pid}.stale`;
  await rename(path, aside).catch(() => undefined);
  if ((await read(aside))?.text !== stale) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const take = async (path: string, mine: string): Promise<boolean> => {
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, mine);
  // A link is made whole or not at all, and never over another file.
  const taken = await link(draft, path).then(
    () => true,
    () => false,
  );
  await rm(draft, { force: true });
  return taken && (await read(path))?.text === mine;
};

const heldBy = (path: string, holder: Holder): AppError =>
  new AppError(
    'data_dir_in_use',
    `Process ${holder.pid} on ${holder.host} uses this database already (${path}). Stop it, choose another DATA_DIR, or set DATABASE_URL to share one PostgreSQL.`,
  );

/**
 * Takes a directory for this process alone; PGlite itself would let two processes write it to pieces. A lock whose
 * process has died is taken over. Throws AppError `data_dir_in_use`, naming the holder.
 */
export const lockDirectory = async (path: string): Promise<DirectoryLock> => {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '', host: hostname() });
  for (let attempt = 0; !(await take(path, mine)); attempt++) {
    const current = await read(path);
    if (current === null) continue;
    if (attempt > 5 || !(await isStale(path, current.holder))) throw heldBy(path, current.holder);
    await putAside(path, current.text);
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      await rm(path, { force: true });
    },
  };
};
