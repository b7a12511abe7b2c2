import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program started beside us. */
export interface Child {
  readonly name: string;
  /** Resolves with its exit code (null: killed by a signal). */
  readonly exited: Promise<number | null>;
  /** Asks it to end, and makes it end when it does not within 10 s. */
  readonly stop: () => Promise<void>;
}

const STOP_MS = 10_000;
const END_WITH_PARENT = fileURLToPath(new URL('end-with-parent.ts', import.meta.url));

/**
 * Starts a Node program. It is given a process group of its own, so that Ctrl+C reaches it only through `stop`, and
 * it ends when this process is gone.
 */
export const startChild = (name: string, program: string, env: NodeJS.ProcessEnv): Child => {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, program], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(1));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  };
  return { name, exited, stop };
};
