-- Rules of a CRM's own that gave away leads since $3, and how many each. $2: the connection.
select detail->>'rule' as rule, count(*) as leads
from assignment_event
where tenant_id = $1 and kind = 'native_rule' and at > $3::timestamptz
  and detail->>'connection' = $2 and detail->>'code' = 'owner_assigned'
group by 1 order by 2 desc, 1
