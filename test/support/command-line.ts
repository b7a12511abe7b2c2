import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { runCommand } from '../../server/command-line/run-command.ts';

/** The command line's start file, to be run as a process. */
export const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

/** When the command is run, if nobody says otherwise: a Tuesday, 10:00 in New York. */
export const RUN_AT = Date.parse('2026-11-24T15:00:00Z');

/** A decision as the command prints it, as far as tests look. */
export interface Printed {
  readonly id: string;
  readonly lead: { readonly id: string };
  readonly outcome: 'assigned' | 'offered' | 'waiting' | 'in_queue' | 'not_routed';
  readonly rule: { readonly id: string } | null;
  readonly pool: { readonly id: string } | null;
  readonly rep: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
  readonly decidedAt: string;
  readonly hash: string;
  readonly candidates: readonly { readonly rep: string; readonly code: string; readonly pool: string }[];
  readonly offer?: { readonly to: readonly { readonly id: string }[]; readonly expiresAt: string };
  readonly retryAt?: string;
  readonly queue?: { readonly id: string };
  readonly because?: string;
  readonly rules?: readonly { readonly rule: string; readonly matched: boolean; readonly because: string }[];
}

const collector = (): Writable & { text: () => string } => {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { text: () => chunks.join('') });
};

/** Runs the command in this process; gives what it printed. */
export const run = async (...args: readonly string[]) => {
  const [out, err] = [collector(), collector()];
  const code = await runCommand(args, { out, err, now: () => RUN_AT });
  return { code, out: out.text(), err: err.text() };
};

export const decisionsIn = (text: string): readonly Printed[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Printed);

/** Writes files into a folder that is gone after the test; gives their paths. */
export const files = <Name extends string>(
  texts: Readonly<Record<Name, string | Uint8Array>>,
): Record<Name, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = {} as Record<Name, string>;
  for (const name of Object.keys(texts) as Name[]) {
    paths[name] = join(folder, name);
    writeFileSync(paths[name], texts[name]);
  }
  return paths;
};

/** Runs the command as a process of its own, with no settings but those given; gives how it ended and what it printed. */
export const start = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
};
