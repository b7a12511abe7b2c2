select document, active, paused, away_since, away_until from rep where tenant_id = $1 order by id
