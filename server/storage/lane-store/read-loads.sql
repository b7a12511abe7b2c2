select rep_id, open, windows, crm_open from rep_load where tenant_id = $1
