import { Writable } from 'node:stream';
import { createProgress } from '../../server/command-line/progress.ts';
import { checkLeads, readLeads } from '../../server/command-line/read-leads.ts';
import { readPolicyFile } from '../../server/command-line/read-policy-file.ts';
import { simulate } from '../../server/command-line/simulate.ts';
import { evaluate } from '../../server/routing/conditions/evaluate.ts';
import { toCondition } from '../rules/rule-mix.ts';
import { EVERYBODY, membersOf, poolOf, rules } from './workload.ts';

/** Runs a whole file of leads, from reading it to who has each. */
export type BacktestEngine = (policy: string, leads: string) => Promise<unknown>;

/** The command itself, hours, caps, waiting, fairness and speed included. */
const fairlead: BacktestEngine = (policy, leads) =>
  simulate(['--policy', policy, '--leads', leads, '--handling', 'PT2H', '--json'], {
    out: new Writable({ write: (_chunk, _encoding, done) => done() }),
    err: process.stderr,
    now: Date.now,
  });

/** What an ordered list of rules with a pointer in each group does: no hours, no caps, no ledger, no reasons. */
const linear: BacktestEngine = async (policy, leads) => {
  const { compiled } = await readPolicyFile(policy);
  const { fields } = compiled.policy;
  const progress = createProgress(
    { err: process.stderr, now: Date.now },
    await checkLeads(leads, { fields }),
  );
  const pools = Array.from({ length: EVERYBODY + 1 }, (_, pool) => ({ members: membersOf(pool), next: 0 }));
  const taken = new Map<string, number>();
  const conditions = rules.map(toCondition);
  for await (const { values } of readLeads(leads, { fields, at: 0 })) {
    const rule = conditions.findIndex((condition) => evaluate(condition, values, MOMENT) === true);
    const pool = pools[rule < 0 ? EVERYBODY : poolOf(rule)]!;
    const rep = pool.members[pool.next++ % pool.members.length]!;
    taken.set(rep, (taken.get(rep) ?? 0) + 1);
    progress.step();
  }
  progress.end();
};

/** No rule asks for the time. */
const MOMENT = { now: 0, timezone: 'UTC' } as const;

/** By name, as the table has them. */
export const ENGINES: Readonly<Record<string, BacktestEngine>> = {
  Fairlead: fairlead,
  'rules one by one, rotating pointer': linear,
};
