-- What became of leads that were to go somewhere else. $2: [{offboarding_id, assignment_id, before, state, version}]
update offboarding_move as move set state = new.state, version = new.version
from json_to_recordset($2::json) as new (offboarding_id text, assignment_id text, before text, state text, version int)
where move.tenant_id = $1 and move.offboarding_id = new.offboarding_id and move.assignment_id = new.assignment_id
  and move.state = new.before
