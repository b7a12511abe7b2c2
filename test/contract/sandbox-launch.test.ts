import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startChild } from '../../sandbox/launch/child.ts';
import { choosePort } from '../../sandbox/launch/ports.ts';
import { sampleKey } from '../../sandbox/launch/sample-key.ts';
import { waitUntilUp } from '../../sandbox/launch/wait-until-up.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'fairlead-launch-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

/** A program that writes its process id, listens, and notes an orderly end. */
const program = async (dir: string) => {
  const file = join(dir, 'program.mjs');
  await writeFile(
    file,
    `import { createServer } from 'node:http';
     import { writeFileSync } from 'node:fs';
     const server = createServer((req, res) => res.end('ok')).listen(Number(process.env.TEST_PORT), '127.0.0.1');
     writeFileSync(process.env.TEST_DIR + '/pid', String(process.pid));
     process.on('SIGTERM', () => { writeFileSync(process.env.TEST_DIR + '/drained', ''); server.close(); process.exit(0); });`,
  );
  return file;
};

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a free port is taken as it is; a taken one is refused, or another is chosen', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void holder.close());
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  expect(await choosePort(port, '127.0.0.1', false)).toBeNull();
  const other = await choosePort(port, '127.0.0.1', true);
  expect(other).not.toBe(port);
  expect(await choosePort(Number(other), '127.0.0.1', false)).toBe(other);
});

test('the sample key is made once, has the form Fairlead asks for and is for this user alone', async () => {
  const dir = await folder();
  const key = sampleKey(dir);
  expect(key).toMatch(/^fl_[\w-]{16,}$/);
  expect(sampleKey(dir)).toBe(key);
  expect((await stat(join(dir, 'sandbox-api-key'))).mode & 0o077).toBe(0);
});

test('a program is waited for and ends in order when it is told to', async () => {
  const dir = await folder();
  const port = Number(await choosePort(0, '127.0.0.1', false));
  const env = { ...process.env, TEST_PORT: String(port), TEST_DIR: dir };
  const child = startChild('The program', await program(dir), env);
  await waitUntilUp(child, `http://127.0.0.1:${port}`, 10_000);
  await child.stop();
  expect(await child.exited).toBe(0);
  expect(await exists(join(dir, 'drained'))).toBe(true);
});

test('a program that ends while starting is told at once, with its exit code', async () => {
  const dir = await folder();
  const file = join(dir, 'broken.mjs');
  await writeFile(file, 'process.exit(3);');
  const child = startChild('The program', file, process.env);
  await expect(waitUntilUp(child, 'http://127.0.0.1:9', 10_000)).rejects.toThrow(
    /ended while starting \(exit code 3\)/,
  );
});

test('children end in order when their starter is killed outright', async () => {
  const dir = await folder();
  const port = Number(await choosePort(0, '127.0.0.1', false));
  const starter = join(dir, 'starter.mjs');
  await writeFile(
    starter,
    `import { startChild } from ${JSON.stringify(join(ROOT, 'sandbox/launch/child.ts'))};
     startChild('The program', ${JSON.stringify(await program(dir))}, process.env);`,
  );
  const env = { ...process.env, TEST_PORT: String(port), TEST_DIR: dir };
  const parent = spawn(process.execPath, [starter], { env, stdio: 'ignore' });
  const written = () => readFile(join(dir, 'pid'), 'utf8').then(Number, () => 0);
  const pid = await vi.waitUntil(written, { timeout: 10_000 });
  parent.kill('SIGKILL');
  await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 });
  expect(await exists(join(dir, 'drained'))).toBe(true);
});
