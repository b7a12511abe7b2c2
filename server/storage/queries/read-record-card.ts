import { type RawBuilder, sql } from 'kysely';
import { NOTHING, permissionsOf } from '../../assignments/permissions.ts';
import type { RecordCardAsked } from '../../assignments/queries.ts';
import type { Roster } from '../../assignments/roster.ts';
import type { StoredAssignment } from '../../assignments/stored.ts';
import type { ViewContext } from '../../assignments/view-decision.ts';
import type { ExplanationView, NamedRef, RecordCard, RecordStanding } from '../../assignments/views.ts';
import { durationInWords } from '../../routing/policy/duration.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import { momentText } from '../../routing/render/moment-text.ts';
import { plainLine } from '../../routing/render/plain-line.ts';
import { toAssignment } from '../lane-store/from-rows.ts';
import type { Trx } from '../storage.ts';
import { readExplanation } from './read-explanation.ts';
import { headline } from './standing-text.ts';
import { DECLINED } from './story-text.ts';
import type { TenantReads } from './tenant-reads.ts';
import { contextOf } from './view-row.ts';

/** What a card on a CRM record shows one person. */
export const readRecordCard = async (
  trx: Trx,
  tenantId: string,
  { about, looker, reader }: RecordCardAsked,
  reads: TenantReads,
  now: number,
): Promise<RecordCard> => {
  const roster = await reads.roster(trx, tenantId);
  const found = await readAssignment(trx, tenantId, about);
  const assignment = found?.assignment ?? null;
  const timezone = reader.timezone ?? roster.reps.get(looker.repId ?? '')?.rep.timezone ?? null;
  const read = { ...reader, timezone };
  const explanation =
    assignment && (await readExplanation(trx, tenantId, assignment.decisionId, { reads, now }, read));
  const policy = explanation && (await reads.policy(trx, tenantId, explanation.policy.version));
  const context = contextOf(policy?.policy ?? null, roster, read);
  const may = assignment === null ? NOTHING : permissionsOf(assignment, looker, roster.reps, now);
  return {
    explanation,
    standing:
      found &&
      standingOf(found, context, now, {
        members: membersOf(found.assignment, policy?.policy ?? null, roster),
        slas: runningSlas(explanation),
      }),
    may,
    declineReasons: Object.entries(DECLINED).map(([code, label]) => ({ code, label })),
    reps: may.reassign ? others(roster, assignment?.repId ?? null) : [],
    asOf: new Date(now).toISOString(),
  };
};

interface Found {
  readonly assignment: StoredAssignment;
  /** How long after its rep had it somebody first worked on it. Milliseconds; null: not yet, or not known. */
  readonly touched: number | null;
}

/** The lead's latest assignment, by its latest decision. */
const readAssignment = async (
  trx: Trx,
  tenantId: string,
  about: RecordCardAsked['about'],
): Promise<Found | null> => {
  const found = await sql<{ assignment: Readonly<Record<string, unknown>>; touched: number | null }>`
    select to_jsonb(a) as assignment, case when a.first_activity_at is not null then (
      select (e.detail->>'after')::float8 from assignment_event e
      where e.tenant_id = a.tenant_id and e.lead_id = a.lead_id and e.kind = 'first_activity'
      order by e.seq desc limit 1) end as touched
    from assignment a
    where a.tenant_id = ${tenantId} and a.id = (${latestId(tenantId, about)})`.execute(trx);
  const row = found.rows[0];
  return row === undefined ? null : { assignment: toAssignment(row.assignment), touched: row.touched };
};

const latestId = (tenantId: string, about: RecordCardAsked['about']): RawBuilder<unknown> => {
  if ('assignmentId' in about) return sql`${about.assignmentId}::text`;
  const { connectionId, objectType, recordId } = about.record;
  return sql`
    select d.assignment_id from lead_record r
    join decision d on d.tenant_id = r.tenant_id and d.lead_id = r.lead_id
    where r.tenant_id = ${tenantId} and r.connection_id = ${connectionId} and r.object_type = ${objectType}
      and r.record_id = ${recordId}
    order by d.seq desc limit 1`;
};

const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

/** Who stands in the queue that a lead is in, in whichever CRM it is one. */
const membersOf = (
  { state, queueId }: StoredAssignment,
  policy: Policy | null,
  roster: Roster,
): readonly string[] => {
  const queue = state === 'in_queue' ? policy?.queues.find(({ id }) => id === queueId) : undefined;
  if (queue === undefined) return [];
  const names = [...roster.connections.values()].flatMap(({ id, vendor }) => {
    const target = vendor === 'slack' ? undefined : queue.targets[vendor];
    return target !== undefined && 'queue' in target ? roster.queueMembers(id, target.queue) : [];
  });
  return [...new Set(names.map((name) => plainLine(name)))];
};

const standingOf = (
  { assignment, touched }: Found,
  { names, reader }: ViewContext,
  now: number,
  { members, slas }: { readonly members: readonly string[]; readonly slas: readonly string[] },
): RecordStanding => {
  const { state, repId, queueId, offeredTo, dueAt, dueKind } = assignment;
  const named = (id: string): NamedRef => ({ id, name: names.rep(id) });
  const owner = state !== 'offered' && repId !== null ? named(repId) : null;
  const queue = state === 'in_queue' && queueId !== null ? { id: queueId, name: names.queue(queueId) } : null;
  const asked = offeredTo.map(({ rep }) => named(rep));
  const expiresAt = state === 'offered' && dueKind === 'offer' ? dueAt : null;
  const retryAt = state === 'waiting' ? dueAt : null;
  const due = expiresAt ?? retryAt;
  return {
    assignment: assignment.id,
    version: assignment.version,
    state,
    headline: [
      headline({
        state,
        owner: owner?.name ?? null,
        queue: queue?.name ?? null,
        members,
        asked: asked.map(({ name }) => name),
        due: due === null ? null : momentText(due, now, reader),
        touched: touched === null ? null : durationInWords(touched),
      }),
      ...slas,
    ].join(' '),
    owner,
    queue,
    offeredTo: asked,
    expiresAt: iso(expiresAt),
    retryAt: iso(retryAt),
    written: assignment.written,
    remedy: assignment.remedy,
  };
};

/** What runs out, in a sentence each. */
const runningSlas = (explanation: ExplanationView | null): readonly string[] =>
  (explanation?.slas ?? []).flatMap(({ state, text }) =>
    state === 'running' || state === 'overdue' ? [text] : [],
  );

const others = (roster: Roster, owner: string | null): readonly NamedRef[] =>
  [...roster.reps.values()]
    .filter(({ active, rep }) => active && rep.id !== owner)
    .map(({ rep: { id, name } }) => ({ id, name: plainLine(name) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
