-- Which pool and rep the decision names, beside the owner that it is compared with: what is compared is read without the
-- decisions, which are long. Decisions never change.
alter table comparison add column pool_id text, add column rep_id text;
alter table comparison no force row level security;
alter table decision no force row level security;
update comparison as c set pool_id = d.pool_id, rep_id = d.rep_id
from decision as d where d.tenant_id = c.tenant_id and d.id = c.decision_id;
alter table comparison force row level security;
alter table decision force row level security;
