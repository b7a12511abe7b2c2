select id, vendor, name, status from connection where tenant_id = $1 order by created_at, id
