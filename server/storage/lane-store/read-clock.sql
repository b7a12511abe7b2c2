-- The lane without locking it, for a look at what is due.
select paused, drain_at, last_instant, greatest(clock_timestamp(), last_instant) as now,
  (select deletes_at is not null from tenant where id = $1) as closing
from lane where tenant_id = $1
