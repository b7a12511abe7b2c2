-- Slack users whom no message reaches. $2: [{connection_id, external_id, code}]
update rep_identity set details = rep_identity.details || jsonb_build_object('unreachable', marked.code)
from json_to_recordset($2::json) as marked (connection_id text, external_id text, code text)
where rep_identity.tenant_id = $1 and rep_identity.connection_id = marked.connection_id
  and rep_identity.kind = 'user' and rep_identity.external_id = marked.external_id
