import { type RawBuilder, sql } from 'kysely';
import type { PastAsked, PastDecision, PastDecisions, PastPerson } from '../../assignments/past-decision.ts';
import type { DecisionInputs } from '../../routing/decision.ts';
import type { LeadValues } from '../../routing/lead.ts';
import type { Storage, Trx } from '../storage.ts';
import { DECISION, type StoredRow, toDecision } from './stored-decision.ts';

/** Decisions read at once: some hundred kilobytes, and a moment's work. */
const PAGE = 200;

interface Row extends StoredRow {
  readonly inputs: DecisionInputs;
  readonly field_values: LeadValues | null;
  readonly salt: string;
  readonly rep_id: string | null;
  readonly closed_at: Date | null;
}

/** Past decisions, oldest first, a page at a time and each page in a transaction of its own. */
async function* readPast(
  storage: Storage,
  tenantId: string,
  asked: PastAsked,
): AsyncGenerator<readonly PastDecision[]> {
  const begin = await storage.withTenant(tenantId, (trx) => readBegin(trx, tenantId, asked));
  for (let after = begin; ; ) {
    const from = after;
    const page = await storage.withTenant(tenantId, (trx) => readPage(trx, tenantId, asked, from));
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.seq;
  }
}

/** How many decisions there are to read. */
const countPast = async (trx: Trx, tenantId: string, asked: PastAsked): Promise<number> => {
  const found = await sql<{ count: number }>`
    select count(*) as count from decision d where ${condition(tenantId, asked)}`.execute(trx);
  return Number(found.rows[0]?.count ?? 0);
};

/** One decision; null: there is none of that id. */
const readPastOne = async (trx: Trx, tenantId: string, id: string): Promise<PastDecision | null> =>
  (await select(trx, tenantId, sql`d.tenant_id = ${tenantId} and d.id = ${id}`))[0] ?? null;

/** The sequence number before the first decision to be read. */
const readBegin = async (trx: Trx, tenantId: string, asked: PastAsked): Promise<number> => {
  const after = asked.after ?? 0;
  if (asked.newest === undefined) return after;
  const found = await sql<{ seq: number }>`
    select d.seq from decision d where ${condition(tenantId, asked)}
    order by d.seq desc offset ${asked.newest} limit 1`.execute(trx);
  return found.rows[0]?.seq ?? after;
};

const condition = (tenantId: string, { since, after = 0, firstOnly = false }: PastAsked) => sql`
  d.tenant_id = ${tenantId} and d.seq > ${after}
  and ${since === undefined ? sql`true` : sql`d.decided_at >= ${new Date(since)}`}
  and ${firstOnly ? sql`${ASKED} and not exists (${EARLIER})` : sql`true`}`;

/** Whether the rules were asked: what the policy holds back has not come to them yet. */
const askedOf = (alias: RawBuilder<unknown>) =>
  sql`(${alias}.outcome <> 'waiting' or ${alias}.result #>> '{outcome,because}' is null)`;
const ASKED = askedOf(sql`d`);
const EARLIER = sql`
  select 1 from decision e where e.tenant_id = d.tenant_id and e.lead_id = d.lead_id and e.seq < d.seq
    and e.assignment_id = d.assignment_id and ${askedOf(sql`e`)}`;

const readPage = (trx: Trx, tenantId: string, asked: PastAsked, after: number) =>
  select(trx, tenantId, condition(tenantId, { ...asked, after }));

const select = async (
  trx: Trx,
  tenantId: string,
  where: RawBuilder<unknown>,
): Promise<readonly PastDecision[]> => {
  const found = await sql<Row>`
    select ${DECISION}, d.inputs, s.field_values, s.salt, a.rep_id, a.closed_at
    from decision d
    cross join lateral (
      select rep_id, closed_at from assignment where tenant_id = ${tenantId} and id = d.assignment_id offset 0) a
    cross join lateral (
      select field_values, salt from lead_snapshot where tenant_id = ${tenantId} and id = d.snapshot_id offset 0) s
    where ${where}
    order by d.seq
    limit ${PAGE}`.execute(trx);
  return found.rows.map(toPast);
};

const toPast = (row: Row): PastDecision => ({
  seq: row.seq,
  decision: toDecision(row),
  inputs: row.inputs,
  values: row.field_values,
  salt: row.salt,
  repId: row.rep_id,
  closedAt: row.closed_at?.getTime() ?? null,
});

const readPeople = async (
  trx: Trx,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PastPerson>> => {
  const found = await sql<PastPerson & { readonly lead: string }>`
    select d.lead_id as lead, s.person->>'name' as name, s.person->>'company' as company
    from decision d join lead_snapshot s on s.tenant_id = d.tenant_id and s.id = d.snapshot_id
    where d.tenant_id = ${tenantId} and d.id = any(${ids}) and s.person is not null`.execute(trx);
  return new Map(found.rows.map(({ lead, name, company }) => [lead, { name, company }]));
};

/** The past as use cases read it. */
export const createPastDecisions = (storage: Storage): PastDecisions => ({
  pages: (tenantId, asked) => readPast(storage, tenantId, asked),
  count: (tenantId, asked) => storage.withTenant(tenantId, (trx) => countPast(trx, tenantId, asked)),
  people: async (tenantId, ids) =>
    ids.length === 0 ? new Map() : storage.withTenant(tenantId, (trx) => readPeople(trx, tenantId, ids)),
  one: (tenantId, decisionId) =>
    storage.withTenant(tenantId, (trx) => readPastOne(trx, tenantId, decisionId)),
});
