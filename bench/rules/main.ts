import type { LeadValues } from '../../server/routing/lead.ts';
import { fairlead, jsonRulesEngines, type MatchEngine, oneByOne, zenEngine } from './engines.ts';
import { type MixedRule, makeLeads, makeRules } from './rule-mix.ts';

const SIZES = [10, 100, 1000, 10_000] as const;
/** Leads whose results are compared with trying the rules one by one. */
const CHECKED = 40;
const LEADS = 2000;

/** Milliseconds for one engine at one size; a peer too slow for a single lead in it is measured on one. */
const BUDGET = { fairlead: 1500, peer: 2500 };

/** Decisions per second, or null where the engine was not run. */
type Rate = number | null;

/** `npm run bench -- rules`: decisions per second beside the peers, in one process, every result checked. */
export const run = async (): Promise<void> => {
  const leads = makeLeads(LEADS);
  console.log('Decisions per second: three conditions a rule, the first matching rule wins.\n');
  console.log(
    '| rules | Fairlead | one by one | json-rules-engine | zen-engine | × json-rules-engine | × zen-engine |',
  );
  console.log('|---:|---:|---:|---:|---:|---:|---:|');
  const ours = new Map<number, number>();
  for (const size of SIZES) {
    const row = await measureAll(makeRules(size, 'usual'), leads);
    ours.set(size, row.fairlead);
    console.log(
      `| ${[size, row.fairlead, row.oneByOne, row.json, row.zen].map(whole).join(' | ')} | ${times(row.fairlead, row.json)} | ${times(row.fairlead, row.zen)} |`,
    );
  }
  const kept = ours.get(10_000)! / ours.get(10)!;
  console.log(`\nSpeed at 10,000 rules is ${kept.toFixed(2)} of the speed at 10 rules.`);
  await worstCase(leads);
};

const worstCase = async (leads: readonly LeadValues[]): Promise<void> => {
  console.log(
    '\nThe worst case, only conditions without a place in an index (contains, field against field):\n',
  );
  console.log('| rules | Fairlead | one by one | × one by one |');
  console.log('|---:|---:|---:|---:|');
  for (const size of SIZES) {
    const rules = makeRules(size, 'unindexable');
    const [indexed, plain] = [
      await measure(fairlead, rules, leads, 1000),
      await measure(oneByOne, rules, leads, 1000),
    ];
    console.log(`| ${[size, indexed, plain].map(whole).join(' | ')} | ${times(indexed, plain)} |`);
  }
};

const measureAll = async (rules: readonly MixedRule[], leads: readonly LeadValues[]) => {
  const json: number[] = [];
  for (const engine of jsonRulesEngines) json.push(await measure(engine, rules, leads, BUDGET.peer));
  return {
    oneByOne: await measure(oneByOne, rules, leads, BUDGET.peer),
    json: Math.max(...json),
    zen: await measure(zenEngine, rules, leads, BUDGET.peer),
    fairlead: await measure(fairlead, rules, leads, BUDGET.fairlead),
  };
};

/** Loads, checks, warms up, then matches batches until the time is used. */
const measure = async (
  engine: MatchEngine,
  rules: readonly MixedRule[],
  leads: readonly LeadValues[],
  budget: number,
): Promise<number> => {
  const loaded = engine.load(rules);
  try {
    const one = await elapsed(async () => loaded.match(leads.slice(0, 1)));
    const checked = leads.slice(0, Math.max(1, Math.min(CHECKED, Math.floor(budget / one))));
    const found = await loaded.match(checked);
    const wanted = await oneByOne.load(rules).match(checked);
    found.forEach((rule, i) => {
      if (rule !== wanted[i])
        throw new Error(`${engine.name} found rule ${rule} for lead ${i}, not ${wanted[i]}`);
    });
    return await rate(loaded.match, leads, budget);
  } finally {
    loaded.close();
  }
};

const rate = async (
  match: (leads: readonly LeadValues[]) => unknown,
  leads: readonly LeadValues[],
  budget: number,
): Promise<number> => {
  let [matched, spent, size] = [0, 0, 1];
  // The first fifth of the time warms up and finds a batch that takes about a tenth of it.
  for (let warm = true; spent < budget; ) {
    const batch = leads.slice(0, size);
    spent += await elapsed(async () => match(batch));
    matched += batch.length;
    if (!warm || spent < budget / 5) {
      if (warm && size < leads.length) size = Math.min(leads.length, size * 2);
      continue;
    }
    if (spent >= budget && matched > 0) break;
    warm = false;
    [matched, spent] = [0, 0];
  }
  return (matched / spent) * 1000;
};

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const whole = (rate: Rate): string =>
  rate === null ? '–' : rate.toLocaleString('en', { maximumFractionDigits: rate < 10 ? 1 : 0 });
const times = (ours: number, theirs: Rate): string => (theirs === null ? '–' : whole(ours / theirs));
