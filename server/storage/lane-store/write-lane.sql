-- $2: now; $3, $4: the versions from here on; $5, $6: whether something may let waiting leads go, and since when
update lane set last_instant = $2::timestamptz, state_version = $3, roster_version = $4,
  drain_at = case when $5::boolean then $6::timestamptz else drain_at end
where tenant_id = $1
