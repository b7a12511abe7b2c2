-- Leads that a rep has, the oldest first. $2: the rep
select id from assignment
where tenant_id = $1 and rep_id = $2 and state = 'assigned' and closed_at is null
order by opened_at, id
