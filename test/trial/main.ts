/**
 * Long fault trials: `npm run trial -- crash | keys | claims | history | salesforce | salesforce-crash | salesforce-keys |
 * twins | fuzz | burst [CRM…] [--times N] [--database embedded|postgresql] [--report FILE]`.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/embedded-postgres.ts';
import { prepareTemplate } from '../support/template-database.ts';
import { burst } from './burst.ts';
import { claims } from './claims.ts';
import { crash } from './crash.ts';
import { fuzz } from './fuzz.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { salesforce } from './salesforce.ts';
import { salesforceCrash } from './salesforce-crash.ts';
import { salesforceKeys } from './salesforce-keys.ts';
import { twins } from './twins.ts';

const TRIALS = {
  crash: { run: crash, times: 30 },
  keys: { run: keys, times: 200 },
  claims: { run: claims, times: 100 },
  history: { run: history, times: 8_800 },
  salesforce: { run: salesforce, times: 5_000 },
  'salesforce-crash': { run: salesforceCrash, times: 30 },
  'salesforce-keys': { run: salesforceKeys, times: 200 },
  twins: { run: twins, times: 200 },
  /** Attempts at each route. */
  fuzz: { run: fuzz, times: 10_000 },
  /** Leads at once. */
  burst: { run: burst, times: 5_000 },
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string' }, database: { type: 'string' }, report: { type: 'string' } },
});
const [first, ...names] = positionals;
const name = first as keyof typeof TRIALS;
const trial = TRIALS[name];
if (!trial) {
  console.error(`Name a trial: ${Object.keys(TRIALS).join(', ')}.`);
  process.exit(2);
}

const times = Number(values.times ?? trial.times);
const databases = values.database ? [values.database] : ['embedded', 'postgresql'];
let failures = 0;
for (const database of databases) {
  const postgres = database === 'postgresql' ? await startPostgres({ durable: true }) : null;
  try {
    const findings = await trial.run({
      times,
      names,
      ...(values.report ? { report: values.report } : {}),
      ...(postgres ? { databaseUrl: await prepareTemplate(postgres.url) } : {}),
    });
    failures += findings.length;
    console.log(`${name} on ${database}: ${times} times, ${findings.length} findings`);
    for (const finding of findings.slice(0, 20)) console.log(`  ${finding}`);
  } finally {
    await postgres?.stop();
  }
}
process.exitCode = failures > 0 ? 1 : 0;
