-- Cards, reminders and notices of SLAs not yet posted for an offer that is over, and conversions for a rep who has the lead
-- no more. What is under way finds the assignment's present state by itself. A conversion that was begun goes on where the
-- lead ended as converted: what came of it may not be its rep's yet.
-- $2: now; $3: [assignment id]
update delivery set state = 'superseded', done_at = $2::timestamptz, told_at = $2::timestamptz
where tenant_id = $1 and assignment_id in (select value from jsonb_array_elements_text($3::jsonb))
  and kind in ('slack_card', 'slack_reminder', 'slack_sla', 'convert') and state = 'pending'
  and not (kind = 'convert' and attempts > 0 and exists (
    select from assignment where assignment.tenant_id = $1 and assignment.id = delivery.assignment_id
      and assignment.closed_because = 'converted'))
