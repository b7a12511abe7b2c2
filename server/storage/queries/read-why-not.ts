import { sql } from 'kysely';
import { noLoad } from '../../assignments/rep-load.ts';
import { createRepStates } from '../../assignments/rep-states.ts';
import type { Roster } from '../../assignments/roster.ts';
import type { ViewContext } from '../../assignments/view-decision.ts';
import type { WhyNotUnknown, WhyNotView } from '../../assignments/views.ts';
import { type CompiledPolicy, compilePolicy } from '../../routing/decide/compile-policy.ts';
import { replay } from '../../routing/decide/replay.ts';
import { type Candidate, type DecisionInputs, ENGINE, type StepTrace } from '../../routing/decision.ts';
import { goesTo } from '../../routing/explain/is-choice.ts';
import { type WhyNot, whyNot } from '../../routing/explain/why-not.ts';
import { hashDecided } from '../../routing/hash/decision-hash.ts';
import type { LeadValues } from '../../routing/lead.ts';
import { NEW_BALANCE } from '../../routing/ledger/balance.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import { candidateText } from '../../routing/render/render-decision.ts';
import { changeText, factText, nextText } from '../../routing/render/why-not-text.ts';
import type { RoutingState } from '../../routing/state.ts';
import { readState } from '../lane-store/read-known.ts';
import type { Pipeline, Trx } from '../storage.ts';
import { type DecisionRow, selectDecisions } from './decision-rows.ts';
import { readValues } from './read-explanation.ts';
import type { OverviewParts } from './read-overview.ts';
import { contextOf } from './view-row.ts';

interface Asking extends OverviewParts {
  readonly trx: Trx;
  readonly tx: Pipeline;
  readonly tenantId: string;
  readonly decisionId: string;
  readonly repId: string;
}

/** Why one rep was not whom a decision chose, worked out from what the decision had read. */
export const readWhyNot = async (asking: Asking): Promise<WhyNotView | 'no_rep' | null> => {
  const { trx, tenantId, decisionId, repId, reads } = asking;
  const [row] = await selectDecisions(trx, tenantId, sql`d.id = ${decisionId}`, 1);
  if (!row) return null;
  const roster = await reads.roster(trx, tenantId);
  if (!roster.reps.has(repId)) return 'no_rep';
  const read = await reads.policy(trx, tenantId, row.decision.policyVersion);
  const context = contextOf(read?.policy ?? null, roster);
  const values = await readValues(trx, tenantId, row.decision.snapshotId);
  const unknown = unknownOf(row, values !== null && read !== null);
  if (unknown !== null || read === null || values === null)
    return viewOf(row, asStored(row, repId), unknown ?? 'erased', context);
  const { policy } = resolveReps(read.policy, repsOf(roster));
  const inputs = await readInputs(trx, tenantId, decisionId);
  const compiled = repeating(compilePolicy({ ...read, policy }), row, inputs, values);
  if (compiled === null) return viewOf(row, asStored(row, repId), 'not_repeatable', context);
  const asked = {
    inputs,
    values,
    compiled,
    others: await readOthers(asking, roster, policy, row.decision.decidedAt),
    rep: repId,
  };
  return viewOf(row, whyNot(asked), null, context);
};

const repsOf = (roster: Roster) => [...roster.reps.values()].map(({ rep }) => rep);

/** The policy as it decides the same again: by the newest engine, or by that of the decision; null: neither does. */
const repeating = (
  compiled: CompiledPolicy,
  { decision: { engine, hash } }: DecisionRow,
  inputs: DecisionInputs,
  values: LeadValues,
): CompiledPolicy | null => {
  const same = [ENGINE, engine].find((one) => hashDecided(replay(inputs, values, compiled, one)) === hash);
  return same === undefined ? null : { ...compiled, engine: same };
};

const unknownOf = (row: DecisionRow, kept: boolean): WhyNotUnknown | null => {
  if (!kept) return 'erased';
  if (row.decision.engine > ENGINE) return 'not_repeatable';
  // A lead that the intake refused was asked about; one whose record could not be read was not.
  const { outcome } = row.decision.result;
  const unasked =
    outcome.kind === 'waiting' && (outcome.because === 'read_failed' || outcome.because === 'paused');
  return unasked ? 'not_asked' : null;
};

/** What the decision itself says of a rep, where nothing can be worked out any more. */
const asStored = ({ decision: { result } }: DecisionRow, rep: string): WhyNot => {
  const seen = result.steps
    .toSorted((a, b) => Number(b.took) - Number(a.took))
    .find(({ candidates }) => candidates.some((one) => one.rep === rep));
  const candidate = seen?.candidates.find((one) => one.rep === rep);
  return {
    rep,
    chosen: goesTo(result.outcome, rep),
    reason: seen && candidate ? { step: seen.key, candidate } : null,
    change: null,
    next: null,
  };
};

const readInputs = async (trx: Trx, tenantId: string, decisionId: string): Promise<DecisionInputs> => {
  const found = await trx
    .selectFrom('decision')
    .select('inputs')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', decisionId)
    .executeTakeFirstOrThrow();
  return found.inputs as DecisionInputs;
};

/** Everybody as the ledger and their loads have them now, at work as their calendar says for the decision's moment. */
const readOthers = async (
  { tx, tenantId, availabilities }: Asking,
  roster: Roster,
  policy: Policy,
  decidedAt: number,
): Promise<RoutingState> => {
  const { balances, loads } = await readState(tx, tenantId);
  const load = new Map(loads.map((one) => [one.repId, one]));
  const balance = new Map(balances.map((one) => [`${one.pool}\n${one.rep}`, one.balance]));
  const states = createRepStates(
    roster,
    policy.timezone,
    availabilities(policy),
    (id) => load.get(id) ?? noLoad(id),
  );
  return {
    zones: '',
    rep: (id) => states.at(id, decidedAt),
    balance: (pool, rep) => balance.get(`${pool}\n${rep}`) ?? NEW_BALANCE,
    team: roster.team,
    repNamed: roster.repNamed,
  };
};

const viewOf = (
  { decision }: DecisionRow,
  { rep, chosen, reason, change, next }: WhyNot,
  unknown: WhyNotUnknown | null,
  context: ViewContext,
): WhyNotView => {
  const telling = { ...context, decidedAt: decision.decidedAt };
  const nextSaid = nextText(next, chosen);
  return {
    rep: { id: rep, name: context.names.rep(rep) },
    chosen,
    code: reason?.candidate.code ?? null,
    because: becauseOf(reason, decision.result.steps, decision.result.pool, telling),
    change: change && {
      text: changeText(change.facts, rep, telling),
      facts: change.facts.map((fact) => ({ kind: fact.kind, text: factText(fact, rep, telling) })),
      asOfNow: change.asOfNow,
    },
    next:
      next === null || nextSaid === null
        ? null
        : { leads: 'leads' in next ? next.leads : null, text: nextSaid },
    unknown,
  };
};

const becauseOf = (
  reason: { readonly step: string; readonly candidate: Candidate } | null,
  steps: readonly StepTrace[],
  pool: string | null,
  telling: ViewContext & { readonly decidedAt: number },
): string => {
  const trace = reason === null ? undefined : steps.find(({ key }) => key === reason.step);
  if (reason !== null && trace !== undefined) return candidateText(reason.candidate, trace, telling);
  return pool === null
    ? 'no step of the policy came to them'
    : `not a member of ${telling.names.pool(pool)}, which took the lead`;
};
