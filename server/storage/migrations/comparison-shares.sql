-- What each member was owed of a lead that is compared, in millionths, as its decision says. None where several were
-- asked at once, and where the rule or the pool is for the log only: no turns move there.
alter table comparison add column shares jsonb;
alter table comparison no force row level security;
alter table decision no force row level security;
update comparison as c
set shares = (
  select jsonb_object_agg(one->>'rep', (one->>'share')::int)
  from json_array_elements(d.result->'steps'->-1->'candidates') as one
  where (one->>'share')::int > 0)
from decision as d
where d.tenant_id = c.tenant_id and d.id = c.decision_id
  and d.pool_id is not null and d.rep_id is not null and d.result->'logOnly' is null;
alter table comparison force row level security;
alter table decision force row level security;
