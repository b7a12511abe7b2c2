select pool_id, rep_id, lag, banked, released_on, released_today, last_at, received, skip from pool_member where tenant_id = $1
