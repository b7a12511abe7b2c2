-- Balances as they stand now. $2: balances
insert into pool_member (tenant_id, pool_id, rep_id, lag, banked, released_on, released_today, last_at, received, skip)
select $1, pool_id, rep_id, lag, banked, released_on, released_today, to_timestamp(last_at / 1000.0), received, skip
from json_to_recordset($2::json) as new (pool_id text, rep_id text, lag bigint, banked bigint, released_on text,
  released_today bigint, last_at float8, received bigint, skip text)
on conflict (tenant_id, pool_id, rep_id) do update set
  lag = excluded.lag, banked = excluded.banked, released_on = excluded.released_on,
  released_today = excluded.released_today, last_at = excluded.last_at, received = excluded.received,
  skip = excluded.skip
