import { fullCap } from '../decide/capacity.ts';
import type { Decided } from '../decision.ts';
import type { Lead, LeadHistory } from '../lead.ts';
import { createDesk, type Desk, type DeskParts } from './desk.ts';
import { createHeap } from './heap.ts';
import type { SettledLead, SimulatedLead } from './simulated-lead.ts';
import { createWaitKeys } from './wait-keys.ts';
import { createWaitingRoom, type Line, type Waiter } from './waiting-room.ts';

/** After the last arrival a simulation runs on this long, so that a weekend's leads find somebody: seven days. */
const RUN_ON = 7 * 86_400_000;

/**
 * Gives leads of the past by a policy, as the service would: each decided when it arrives, offers accepted at once,
 * reps' work closed after its time, and those who wait looked at, oldest first, the moment something frees.
 */
export interface Simulation {
  /** The next lead. One that arrived before the one ahead of it is decided at its own time, like the others. */
  readonly arrive: (lead: SimulatedLead) => void;
  /** Nobody comes any more: who waits is given a week, then is settled as waiting. */
  readonly end: () => void;
  readonly ledger: Desk['ledger'];
  /** Leads held in memory now: those that wait, and those that are open and will be closed. */
  readonly held: () => number;
}

/** `settle` is told of each lead once, when it has somebody, a queue, or nothing more will come. */
export const createSimulation = (parts: DeskParts, settle: (settled: SettledLead) => void): Simulation => {
  const desk = createDesk(parts);
  const room = createWaitingRoom();
  const keyOf = createWaitKeys(parts.compiled.policy);
  const closings = createHeap<Closing>((a, b) => (a.at === b.at ? a.number < b.number : a.at < b.at));
  let given = 0;
  const looks = createHeap<{ readonly at: number; readonly line: Line }>((a, b) => a.at < b.at);
  let clock = Number.NEGATIVE_INFINITY;
  let arrived = 0;

  /** Decides a lead; true: it has somebody or a queue, false: it waits in the line of that key. */
  const give = (waiter: Waiter, now: number, known?: SimulatedLead['known']): Decided | null => {
    const { lead, number, history } = waiter;
    const { decided, taker } = desk.give(toLead(lead, history), now, known);
    if (decided.outcome.kind === 'waiting' && !decided.logOnly) return decided;
    if (taker !== null && lead.handling !== null)
      closings.push({ at: now + lead.handling, number: given++, rep: taker, lead: lead.id });
    settle({ lead, number, ...endOf(decided), taker, at: now, atWork: atWork(taker, now, known) });
    return null;
  };
  const atWork = (taker: string | null, now: number, known: SimulatedLead['known']): number | null => {
    if (taker === null) return null;
    const availability = (known?.rep(taker) ?? desk.rep(taker, now))?.availability;
    return availability?.code === 'available' ? now : (availability?.backAt ?? null);
  };
  const wait = (waiter: Waiter, decided: Decided): void => {
    const retryAt = retryOf(decided);
    const urgent = decided.derived?.urgent === true;
    const kept = { ...waiter, history: decided.history, rule: decided.rule, urgent };
    const line = room.join(keyOf(waiter.lead, decided), kept, retryAt, () => repsOf(decided));
    if (line.retryAt === retryAt) looks.push({ at: retryAt, line });
  };

  /** Looks at the first of a line; whether it left the line, so that the next is worth a look. */
  const look = (line: Line, now: number): boolean => {
    const waiter = line.first();
    if (waiter === undefined) return false;
    const decided = give(waiter, now);
    if (decided === null) {
      line.shift();
      return true;
    }
    if (keyOf(waiter.lead, decided) !== line.key) {
      line.shift();
      wait(waiter, decided);
      return true;
    }
    line.reps = repsOf(decided);
    line.retryAt = retryOf(decided);
    looks.push({ at: line.retryAt, line });
    return false;
  };

  /** Urgent leads first, then the oldest, over all the lines, until no first of a line finds anybody, or `enough`. */
  const drain = (lines: Iterable<Line>, now: number, enough: () => boolean): void => {
    const due = createHeap<Pick<Waiter, 'urgent' | 'number'> & { readonly line: Line }>((a, b) =>
      a.urgent === b.urgent ? a.number < b.number : a.urgent,
    );
    const queue = (line: Line): void => {
      const first = line.first();
      if (first !== undefined) due.push({ urgent: first.urgent, number: first.number, line });
    };
    for (const line of lines) queue(line);
    for (let next = due.pop(); next !== undefined && !enough(); next = due.pop())
      if (look(next.line, now)) queue(next.line);
  };

  const close = ({ rep, lead }: Closing, now: number): void => {
    const before = desk.rep(rep, now);
    const wasFull = before !== undefined && fullCap(before) === 'open';
    desk.release(rep, lead);
    const freed = wasFull ? [...room.lines()].filter((line) => line.reps.has(rep)) : [];
    // Whoever's time has come at the same instant may be older than those who waited for this rep.
    const due = dueLines(now);
    // Full for the day or the like is another wait than full until something is closed: it has an end to be noted.
    const enough = () => due.length === 0 && fullCap(desk.rep(rep, now)!) === 'open';
    drain(new Set([...freed, ...due]), now, enough);
  };

  const dueLines = (now: number): readonly Line[] => {
    const lines = new Set<Line>();
    for (let next = looks.peek(); next !== undefined && next.at <= now; next = looks.peek()) {
      looks.pop();
      // An entry whose line was looked at since is void.
      if (next.line.retryAt === next.at) lines.add(next.line);
    }
    return [...lines];
  };

  const advance = (to: number): void => {
    for (;;) {
      const closing = closings.peek()?.at ?? Infinity;
      const next = Math.min(closing, looks.peek()?.at ?? Infinity);
      if (next > to) break;
      if (closing <= next) close(closings.pop()!, next);
      else drain(dueLines(next), next, () => false);
    }
    clock = Math.max(clock, to);
  };

  return {
    arrive: (lead) => {
      advance(lead.arrivedAt);
      const history = desk.historyOf(lead.values, lead.earlier);
      const waiter = { lead, number: arrived++, history, rule: null, urgent: false };
      const decided = give(waiter, lead.arrivedAt, lead.known);
      if (decided !== null) wait(waiter, decided);
    },
    end: () => {
      if (arrived === 0) return;
      const last = clock + RUN_ON;
      advance(last);
      for (const line of room.lines())
        for (let waiter = line.first(); waiter !== undefined; waiter = line.first()) {
          line.shift();
          settle(leftWaiting(waiter, last));
        }
    },
    ledger: desk.ledger,
    held: () => room.size() + closings.size(),
  };
};

/** A lead that its rep has done with at an instant. */
interface Closing {
  readonly at: number;
  /** Its place in the order they were given: of two that end at once the earlier frees its rep first. */
  readonly number: number;
  readonly rep: string;
  readonly lead: string;
}

/** Nothing is kept, so the values need no digest. */
const toLead = ({ id, values, recordOwner = null }: SimulatedLead, history: LeadHistory): Lead => ({
  id,
  values,
  history,
  digest: 'sha256:',
  owner: recordOwner,
});

const retryOf = ({ outcome }: Decided): number =>
  outcome.kind === 'waiting' ? outcome.retryAt : Number.POSITIVE_INFINITY;

const repsOf = ({ steps }: Decided): ReadonlySet<string> =>
  new Set(steps.flatMap(({ candidates }) => candidates.map(({ rep }) => rep)));

const endOf = ({ outcome, rule, pool, logOnly }: Decided) => {
  if (logOnly) return { end: 'log_only', rule, pool: null, queue: null } as const;
  return {
    end: outcome.kind === 'assigned' || outcome.kind === 'offered' ? 'given' : outcome.kind,
    rule,
    pool,
    queue: outcome.kind === 'in_queue' ? outcome.queue : null,
  } as const;
};

const leftWaiting = ({ lead, number, rule }: Waiter, at: number): SettledLead => ({
  lead,
  number,
  end: 'waiting',
  rule,
  pool: null,
  queue: null,
  taker: null,
  at,
  atWork: null,
});
