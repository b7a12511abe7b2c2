select connection_id, kind, external_id, rep_id, details from rep_identity where tenant_id = $1
