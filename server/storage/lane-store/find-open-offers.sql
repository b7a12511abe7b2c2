-- Offers that are open to a rep, the oldest first. $2: [{rep}]
select id from assignment
where tenant_id = $1 and state = 'offered' and closed_at is null and offered_to @> $2::jsonb
order by opened_at, id
