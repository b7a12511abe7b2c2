import type { RepAway } from './away-ports.ts';
import type { Jobs } from './ports.ts';
import type { UseCases } from './use-cases.ts';

/** The farthest end of time off: beyond it availability is not looked for. Milliseconds. */
const FARTHEST = 365 * 86_400_000;

export interface SetAwayParts {
  readonly away: RepAway;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
  readonly passOffersOn: UseCases['passOffersOn'];
  readonly retimeClocks: UseCases['retimeClocks'];
}

/**
 * A rep goes away, or comes back. Away, they get no new leads at once, and offers they have not answered go to others
 * with their turn kept; leads that are theirs stay theirs, and their SLAs in working time stand still. Back, waiting leads are looked at anew.
 */
export const setAway =
  ({ away, jobs, now, passOffersOn, retimeClocks }: SetAwayParts): UseCases['setAway'] =>
  async ({ tenantId, repId, away: wanted }) => {
    const at = now();
    const until = wanted?.until ?? null;
    if (until !== null && until <= at) return { ok: false, code: 'in_the_past' };
    if (until !== null && until > at + FARTHEST) return { ok: false, code: 'too_far' };
    const stored = wanted === null ? null : { since: at, until };
    await retimeClocks({ tenantId, repId });
    if (!(await away.set(tenantId, repId, stored, at))) return { ok: false, code: 'not_found' };
    await retimeClocks({ tenantId, repId });
    await jobs.wakeTenant(tenantId, at);
    return { ok: true, passedOn: wanted === null ? 0 : await passOffersOn({ tenantId, repId }) };
  };
