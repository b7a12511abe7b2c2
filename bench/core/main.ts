import { decide } from '../../server/routing/decide/decide.ts';
import type { Decided } from '../../server/routing/decision.ts';
import { hashDecided } from '../../server/routing/hash/decision-hash.ts';
import { NO_HISTORY } from '../../server/routing/lead.ts';
import { applyPosting, NEW_BALANCE, repsOf } from '../../server/routing/ledger/balance.ts';
import type { Balance, RoutingState } from '../../server/routing/state.ts';
import { AWAY, FREE, onePool, repNamed } from '../fairness/one-pool.ts';

const BATCH = 2000;
const BATCHES = 40;
const MEMBERS = [5, 20, 100];

/** Measures one decision and its hash, by pool size: microseconds each, best batch and median batch. One thread. */
export const run = async (): Promise<void> => {
  console.log('| members | decide µs (best, median) | decisions/s (best) | hash µs (best, median) |');
  console.log('|---:|---:|---:|---:|');
  for (const members of MEMBERS) {
    const pool = poolOf(members);
    const deciding = timed(pool.decideNext);
    const decided = pool.decideNext();
    const hashing = timed(() => hashDecided(decided));
    const text = ({ best, median }: Timing) => `${best.toFixed(1)}, ${median.toFixed(1)}`;
    const perSecond = Math.round(1e6 / deciding.best).toLocaleString('en');
    console.log(`| ${members} | ${text(deciding)} | ${perSecond} | ${text(hashing)} |`);
  }
};

interface Timing {
  readonly best: number;
  readonly median: number;
}

const timed = (work: () => unknown): Timing => {
  const batches = Array.from({ length: BATCHES }, () => {
    const start = performance.now();
    for (let i = 0; i < BATCH; i++) work();
    return ((performance.now() - start) / BATCH) * 1000;
  }).sort((a, b) => a - b);
  return { best: batches[0]!, median: batches[BATCHES / 2]! };
};

/** A pool in use: weights from 1 to 10, a quarter of the members away, balances from leads decided before. */
const poolOf = (members: number): { readonly decideNext: () => Decided } => {
  const ids = Array.from({ length: members }, (_, i) => `rep-${i}@example.com`);
  const compiled = onePool(
    ids,
    ids.map((_, i) => 1 + (i % 10)),
  );
  const reps = new Map(ids.map((id, i) => [id, repNamed(id, i % 4 === 3 ? AWAY : FREE)]));
  const balances = new Map<string, Balance>();
  const state: RoutingState = {
    zones: 'bench',
    rep: (id) => reps.get(id),
    balance: (_, rep) => balances.get(rep) ?? NEW_BALANCE,
    team: () => [],
  };
  let now = Date.parse('2026-11-24T15:00:00Z');
  const decideNext = (): Decided => {
    now += 1;
    const lead = { id: `lead-${now}`, values: {}, digest: 'sha256:', history: NO_HISTORY, owner: null };
    return decide(lead, compiled, state, now);
  };
  for (let i = 0; i < 1000; i++) {
    const { posting } = decideNext();
    for (const rep of posting === null ? [] : repsOf(posting))
      balances.set(rep, applyPosting(balances.get(rep) ?? NEW_BALANCE, posting!, rep, now));
  }
  return { decideNext };
};
