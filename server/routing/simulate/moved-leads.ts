import type { SettledLead } from './simulated-lead.ts';

/** Leads that are told one by one: the newest. */
const TOLD = 200;

/** Where a lead ended under one of two policies. */
export type PlaceOfLead = Pick<SettledLead, 'end' | 'rule' | 'pool' | 'queue'> & {
  readonly rep: string | null;
};

/** A lead that goes elsewhere under the other policy. */
export interface MovedLead {
  readonly lead: string;
  /** The stored decision that found it; null: it is of a file. */
  readonly decision: string | null;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  readonly before: PlaceOfLead;
  readonly after: PlaceOfLead;
  /**
   * What makes the difference: another `rule` matches; the same rule gives it to another pool or queue, or lets it wait
   * (`step`); or the same pool gives it to another member, because members, weights or the leads before differ (`turn`).
   */
  readonly because: 'rule' | 'step' | 'turn';
}

/** Collects leads that go elsewhere. What it keeps does not grow with them. */
export const createMovedLeads = () => {
  let kept: { readonly number: number; readonly moved: MovedLead }[] = [];
  const newest = () => kept.sort((a, b) => b.number - a.number).slice(0, TOLD);
  return {
    meet: (before: SettledLead, after: SettledLead): void => {
      if (before.taker === after.taker && before.queue === after.queue) return;
      kept.push({ number: after.number, moved: toMoved(before, after) });
      if (kept.length >= 8 * TOLD) kept = newest();
    },
    /** The newest first. */
    list: (): readonly MovedLead[] => newest().map(({ moved }) => moved),
  };
};

const toMoved = (before: SettledLead, after: SettledLead): MovedLead => ({
  lead: after.lead.id,
  decision: after.lead.decision ?? null,
  arrivedAt: after.lead.arrivedAt,
  before: placeOf(before),
  after: placeOf(after),
  because: becauseOf(before, after),
});

const placeOf = ({ end, rule, pool, queue, taker }: SettledLead): PlaceOfLead => ({
  end,
  rule,
  pool,
  queue,
  rep: taker,
});

const becauseOf = (before: SettledLead, after: SettledLead): MovedLead['because'] => {
  if (before.rule !== after.rule) return 'rule';
  return before.pool === after.pool && before.pool !== null ? 'turn' : 'step';
};
