select document, active, paused from rep where tenant_id = $1 order by id
