-- The lane without locking it, for a look at what is due.
select paused, drain_at, last_instant, greatest(clock_timestamp(), last_instant) as now from lane where tenant_id = $1
