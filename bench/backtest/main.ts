/**
 * `npm run bench -- backtest`: a year and more of leads against 200 rules and 50 reps: leads per second and memory, and
 * how both grow, beside what an ordered list of rules with a rotating pointer costs. All in one run.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENGINES } from './engines.ts';
import type { Measured } from './measured-run.ts';
import { policy, writeLeads } from './workload.ts';

const RUN = fileURLToPath(new URL('./measured-run.ts', import.meta.url));

/** `--leads 10000,100000`: other sizes than 10,000, 100,000 and 1,000,000. */
export const run = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: { leads: { type: 'string', default: '10000,100000,1000000' } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-backtest-'));
  try {
    await measureAll(folder, values.leads.split(',').map(Number));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const measureAll = async (folder: string, sizes: readonly number[]): Promise<void> => {
  const policyFile = join(folder, 'policy.json');
  await writeFile(policyFile, JSON.stringify(policy()));
  console.log('200 rules, 50 reps; the file is read twice, checked and then run. One thread.\n');
  console.log('| leads | engine | seconds | leads per second | live MB at most | resident MB at most |');
  console.log('|---:|---|---:|---:|---:|---:|');
  const ours: Measured[] = [];
  for (const size of sizes) {
    const leads = join(folder, 'leads.csv');
    await writeLeads(leads, size);
    for (const name of Object.keys(ENGINES)) {
      const measured = await measureApart(name, policyFile, leads);
      if (name === 'Fairlead') ours.push(measured);
      console.log(row(size, name, measured));
    }
  }
  growth(sizes, ours);
};

/** In a process of its own, so that one run's memory is not another's. */
const measureApart = async (name: string, policyFile: string, leads: string): Promise<Measured> => {
  const child = spawn(process.execPath, ['--expose-gc', RUN, name, policyFile, leads], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const said = await text(child.stdout);
  if ((await ended) !== 0) throw new Error(`${name} ended without a result`);
  return JSON.parse(said) as Measured;
};

const row = (size: number, name: string, { seconds, liveMb, residentMb }: Measured): string => {
  const perSecond = Math.round(size / seconds).toLocaleString('en');
  const cells = [
    size.toLocaleString('en'),
    name,
    seconds.toFixed(1),
    perSecond,
    liveMb.toFixed(0),
    residentMb.toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
};

const growth = (sizes: readonly number[], ours: readonly Measured[]): void => {
  console.log('');
  for (let i = 1; i < sizes.length; i++) {
    const [few, many] = [ours[i - 1]!, ours[i]!];
    const leads = (sizes[i]! / sizes[i - 1]!).toFixed(1);
    console.log(
      `${leads} times the leads: ${(many.seconds / few.seconds).toFixed(1)} times the time, ` +
        `${(many.liveMb / few.liveMb).toFixed(2)} times the live memory.`,
    );
  }
};
