import type { Storage } from '../../server/storage/storage.ts';

/** Whose rows they are. */
export const OLD_TENANT = 'ten_old';

/** Rows that are over have ended, or were made, on this day; those that are kept on the later one. */
const [OVER, KEPT] = ['2026-01-05T00:00:00Z', '2026-11-20T00:00:00Z'];

/**
 * A tenant's rows of every kind that retention looks at: so many that are kept, and so many that are over, mixed. The
 * i-th lead that is over has the address old<i>@example.com, the i-th that is kept kept<i>@example.com.
 */
export const fillOld = async (
  storage: Storage,
  { kept, over }: { readonly kept: number; readonly over: number },
): Promise<void> => {
  const every = Math.ceil((kept + over) / over);
  const rows = `(select i, i % ${every} = 0 as old, case when i % ${every} = 0 then 'old' || i / ${every} else 'kept' || i end as name,
    case when i % ${every} = 0 then '${OVER}'::timestamptz else '${KEPT}'::timestamptz end as at
    from generate_series(0, ${kept + over - 1}) as i) as r`;
  const tenant = `'${OLD_TENANT}'`;
  await storage.executeSql(`
    begin;
    select set_config('fairlead.tenant', ${tenant}, true);
    insert into tenant (id, name) values (${tenant}, 'Old');
    insert into connection (id, tenant_id, vendor, external_id, name) values ('con_old', ${tenant}, 'hubspot', 'old', 'Old');
    insert into delivery (tenant_id, id, connection_id, kind, key, body, state, due_at, created_at, done_at, told_at)
      select ${tenant}, name, 'con_old', 'record', name, '{}', 'done', at, at, at, at from ${rows};
    insert into alert (tenant_id, id, kind, subject, opened_at, closed_at)
      select ${tenant}, name, 'k', name, at, at from ${rows};
    insert into reply (tenant_id, endpoint, key, decision_id, created_at)
      select ${tenant}, 'e', name, name, at from ${rows};
    insert into inbox (connection_id, kind, dedupe, payload, received_at, due_at, done_at)
      select 'con_old', 'k', name, '{}', at, at, case when old then at else now() end from ${rows};
    insert into lead_snapshot (tenant_id, id, lead_id, taken_at, salt, digest, field_values, given, person)
      select ${tenant}, name, name, at, 's', 'd', jsonb_build_object('email', name || '@Example.com', 'employees', i),
        '{}', jsonb_build_object('name', name, 'email', name || '@example.com') from ${rows};
    insert into lead_address (tenant_id, hash, lead_id)
      select ${tenant}, address_hash(name || '@example.com'), name from ${rows};
    insert into assignment (tenant_id, id, lead_id, state, version, decision_id, history, opened_at, changed_at, closed_at, closed_because)
      select ${tenant}, name, name, 'closed', 1, name, '{}', at, at, at, case when i % 2 = 0 then 'record_gone' else 'lost' end from ${rows};
    insert into decision (tenant_id, id, lead_id, assignment_id, snapshot_id, source, decided_at, outcome, policy_version, engine, hash, result, inputs)
      select ${tenant}, name, name, name, name, 'api', at, 'assigned', 1, 1, 'h', '{}', '{}' from ${rows};
    commit`);
  await storage.executeSql('analyze');
};
