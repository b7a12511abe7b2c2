import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import type { Decided } from '../decision.ts';
import { CAPS } from '../state.ts';
import type { Circumstances, Fact } from './facts.ts';

/** Instants that are tried, at most. */
const MOST = 32;

type Later = Extract<Fact, { kind: 'later' }>;

/** When something changes for the rep, or one of those looked at goes home: the soonest first. */
export const laterChanges = (
  { state, now }: Circumstances,
  compiled: CompiledPolicy,
  decided: Decided,
  rep: string,
): readonly Later[] => {
  const found = new Map<number, Later>();
  const add = (at: number | null, who: string, event: Later['event']): void => {
    if (at !== null && at > now && !found.has(at)) found.set(at, { kind: 'later', at, rep: who, event });
  };
  const own = state.rep(rep);
  add(own?.availability.backAt ?? null, rep, 'back');
  for (const early of leadTimes(compiled, decided))
    add(own?.availability.backAt == null ? null : own.availability.backAt - early, rep, 'back');
  for (const cap of CAPS)
    if (cap !== 'open' && own !== undefined && own.load[cap] >= (own.capacity[cap] ?? Infinity))
      add(own.windowEnds[cap], rep, 'room');
  for (const { candidates } of decided.steps)
    for (const candidate of candidates)
      if (candidate.rep !== rep)
        add(state.rep(candidate.rep)?.availability.endsAt ?? null, candidate.rep, 'leaves');
  return [...found.values()].sort((a, b) => a.at - b.at).slice(0, MOST);
};

/** How long before they are back members of the pools that were looked at may be chosen. Milliseconds. */
const leadTimes = (compiled: CompiledPolicy, { steps }: Decided): readonly number[] =>
  steps.flatMap(({ pool }) => {
    const availability = pool === undefined ? undefined : compiled.pool(pool)?.availability;
    return availability?.kind === 'within' ? [availability.milliseconds] : [];
  });
