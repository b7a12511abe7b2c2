-- Locks a tenant's lane. Whoever waited sees the row as the transaction before left it; its clock never goes back.
select mode, paused, policy_version, roster_version, state_version, drain_at,
  last_instant, greatest(clock_timestamp(), last_instant) as now,
  (select coalesce(string_agg(concat_ws(':', id, status, generation), ',' order by id), '')
    from connection where tenant_id = $1) as connections,
  (select deletes_at is not null from tenant where id = $1) as closing
from lane where tenant_id = $1 for update
