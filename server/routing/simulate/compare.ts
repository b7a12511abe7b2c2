import { createCounts } from './counts.ts';
import type { DeskParts } from './desk.ts';
import { createMovedLeads, type MovedLead } from './moved-leads.ts';
import { createMoves, type Moves } from './moves.ts';
import { createPairUp } from './pair-up.ts';
import type { SettledLead, SimulatedLead } from './simulated-lead.ts';
import { createSimulation } from './simulation.ts';
import type { RepShare, SimulationResult } from './simulation-result.ts';
import { createTally, shareOf } from './tally.ts';

/** Who really had the leads. A `rep` may be a name that no rep of the policy has. */
export interface History {
  /** Leads whose owner is known. */
  readonly leads: number;
  /** Most leads first. */
  readonly reps: readonly RepShare[];
}

/** A policy tried on the past, beside another one and beside what really happened. */
export interface Comparison {
  readonly policy: SimulationResult;
  readonly against: SimulationResult | null;
  readonly history: History | null;
  /** What changes from the other policy to this one; null: no other. */
  readonly movesFromAgainst: Moves | null;
  /** Leads that go elsewhere than by the other policy, the newest first, at most 200; null: no other. */
  readonly movedLeads: readonly MovedLead[] | null;
  /** What changes from what really happened; null: nobody knows. */
  readonly movesFromHistory: Moves | null;
}

/** Leads go in, in order of arrival; the comparison comes out. Nothing it keeps grows with the leads it has seen. */
export interface Comparing {
  readonly arrive: (lead: SimulatedLead) => void;
  readonly end: () => Comparison;
}

export interface CompareParts {
  readonly policy: DeskParts;
  readonly against: DeskParts | null;
  /** Whether leads come with their real owner. */
  readonly hasHistory: boolean;
  /** Limits that speed is told by, in minutes. */
  readonly minutes: readonly number[];
}

export const createComparing = ({ policy, against, hasHistory, minutes }: CompareParts): Comparing => {
  const fromAgainst = against === null ? null : createMoves();
  const movedLeads = createMovedLeads();
  const sides = createPairUp<SettledLead>((before, after) => {
    fromAgainst?.move(before.taker, after.taker);
    movedLeads.meet(before, after);
  });
  const fromHistory = hasHistory ? createMoves() : null;
  const owners = createCounts<string>();
  let owned = 0;
  const ours = createRun(policy, minutes, (settled) => {
    if (against !== null) sides.after(settled.number, settled);
    if (settled.lead.owner !== null) fromHistory?.move(settled.lead.owner, settled.taker);
  });
  const theirs =
    against === null ? null : createRun(against, minutes, (settled) => sides.before(settled.number, settled));
  return {
    arrive: (lead) => {
      if (lead.owner !== null) {
        owned++;
        owners.add(lead.owner);
      }
      ours.arrive(lead);
      theirs?.arrive(lead);
    },
    end: () => ({
      policy: ours.end(),
      against: theirs?.end() ?? null,
      history: hasHistory
        ? {
            leads: owned,
            reps: owners.list().map(([rep, leads]) => ({ rep, leads, share: shareOf(leads, owned) })),
          }
        : null,
      movesFromAgainst: fromAgainst?.moves() ?? null,
      movedLeads: against === null ? null : movedLeads.list(),
      movesFromHistory: fromHistory?.moves() ?? null,
    }),
  };
};

/** One policy's run, counted. */
const createRun = (parts: DeskParts, minutes: readonly number[], tell: (settled: SettledLead) => void) => {
  const tally = createTally(parts.compiled.policy, parts.holidays, minutes);
  const simulation = createSimulation(parts, (settled) => {
    tally.settle(settled);
    tell(settled);
  });
  let mostHeld = 0;
  return {
    arrive: (lead: SimulatedLead): void => {
      simulation.arrive(lead);
      mostHeld = Math.max(mostHeld, simulation.held());
    },
    end: (): SimulationResult => {
      simulation.end();
      return tally.result({ ledger: simulation.ledger, mostHeld });
    },
  };
};
