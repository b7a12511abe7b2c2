-- Assignments with a clock in working time that something is still to be done for, of everybody or of one rep.
-- $2: [rep id] as jsonb, or null
select distinct assignment_id from sla_clock
where tenant_id = $1 and ended_at is null and clock = 'working' and (missed_at is null or next_at is not null)
  and ($2::jsonb is null or reps @> $2::jsonb)
