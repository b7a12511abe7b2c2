select version, hash, document from policy where tenant_id = $1 and version = $2
