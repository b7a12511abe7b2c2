import { sql } from 'kysely';
import { openStorage } from '../../server/storage/open-storage.ts';

/** What a stopped service's database says of itself. */
export interface Inspection {
  readonly decisions: ReadonlySet<string>;
  /** Record → the owner whom it takes its lead to be with: written, or chosen by somebody. */
  readonly owners: ReadonlyMap<string, string>;
  readonly findings: readonly string[];
}

type Rows = readonly Readonly<Record<string, unknown>>[];

const TWO_OPEN = `
  select r.connection_id, r.record_id, count(*) as open
  from lead_record r join assignment a on a.tenant_id = r.tenant_id and a.lead_id = r.lead_id and a.closed_at is null
  group by 1, 2 having count(*) > 1`;

/** Balances as kept, beside the sum of the append-only entries. */
const LEDGER = `
  with posting as (
    select pool_id, key as rep_id, value::bigint as units from ledger_entry, jsonb_each_text(owed)
    union all
    select pool_id, key, -value::bigint from ledger_entry, jsonb_each_text(charged)
  ), summed as (select pool_id, rep_id, sum(units)::bigint as whole_lag from posting group by 1, 2)
  select coalesce(s.pool_id, m.pool_id) as pool, coalesce(s.rep_id, m.rep_id) as rep, s.whole_lag, m.lag + m.banked as kept
  from summed s full join pool_member m on m.pool_id = s.pool_id and m.rep_id = s.rep_id
  where coalesce(s.whole_lag, 0) <> coalesce(m.lag + m.banked, 0)`;

const UNBALANCED = `
  select pool_id, sum((select coalesce(sum(value::bigint), 0) from jsonb_each_text(owed))
                    - (select coalesce(sum(value::bigint), 0) from jsonb_each_text(charged))) as difference
  from ledger_entry group by 1
  having sum((select coalesce(sum(value::bigint), 0) from jsonb_each_text(owed))
           - (select coalesce(sum(value::bigint), 0) from jsonb_each_text(charged))) <> 0`;

/** A reminder waits for its time; anything else should have gone by now. */
const NOT_DELIVERED = `
  select id, kind, state, last_code from delivery
  where state not in ('done', 'superseded', 'overtaken', 'refused') and not (kind = 'slack_reminder' and due_at > now())`;

const OWNERS = `
  select r.record_id, i.external_id from assignment a
  join lead_record r on r.tenant_id = a.tenant_id and r.lead_id = a.lead_id
  join rep_identity i on i.tenant_id = a.tenant_id and i.connection_id = r.connection_id and i.rep_id = a.rep_id and i.kind = 'owner'
  where a.closed_at is null and a.state = 'assigned' and a.written = 'done'`;

/** Those that were given up among them. */
const NOT_WORKED_ON = 'select kind, payload, attempts, error, due_at, now() from inbox where done_at is null';

const QUESTIONS: readonly (readonly [string, string])[] = [
  ['a record has two open assignments', TWO_OPEN],
  ['a balance differs from its entries', LEDGER],
  ['owed and charged differ', UNBALANCED],
  ['a delivery was never finished', NOT_DELIVERED],
];

/** Opens the data of a stopped service and checks it row by row. */
export async function inspect(dataDir: string, databaseUrl?: string): Promise<Inspection> {
  const storage = await openStorage(databaseUrl ? { databaseUrl } : { dataDir });
  try {
    const tenants = await storage.directory((trx) => trx.selectFrom('tenant').select('id').execute());
    const decisions = new Set<string>();
    const owners = new Map<string, string>();
    const findings: string[] = [];
    await storage.directory(async (trx) => {
      const { rows } = await sql.raw(NOT_WORKED_ON).execute(trx);
      findings.push(...(rows as Rows).map((row) => `an event waits: ${JSON.stringify(row)}`));
    });
    for (const { id } of tenants) {
      await storage.withTenant(id, async (trx) => {
        for (const row of await trx.selectFrom('decision').select('id').execute()) decisions.add(row.id);
        for (const row of (await sql.raw(OWNERS).execute(trx)).rows as Rows)
          owners.set(String(row.record_id), String(row.external_id));
        for (const [what, question] of QUESTIONS) {
          const { rows } = await sql.raw(question).execute(trx);
          findings.push(...(rows as Rows).map((row) => `${what}: ${JSON.stringify(row)}`));
        }
      });
    }
    return { decisions, owners, findings };
  } finally {
    await storage.close();
  }
}
