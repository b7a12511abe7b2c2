import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** The service as a process of its own, as an operator runs it. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  /** Everything it wrote to its log so far. */
  readonly log: () => string;
  /** kill -9, and wait until it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and wait until it has drained. */
  readonly stop: () => Promise<void>;
}

/** A free port on this machine. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The service was not ready within ${READY_WITHIN_MS} ms:\n${log()}`);
}

/** Starts `server/main.ts` with the given settings and waits until it is ready. */
export async function startService(settings: Record<string, string>): Promise<Service> {
  const port = settings.PORT ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      LOG_LEVEL: 'warn',
      PUBLIC_BASE_URL: url,
      ...settings,
      PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const collect = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const gone = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  try {
    await untilReady(url, child, () => text);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return { url, pid: child.pid!, log: () => text, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
