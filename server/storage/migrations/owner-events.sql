-- Changes of owner made outside, and what the CRM's own rules had to do with them: those of an hour or a day are looked for.
create index assignment_event_owners on assignment_event (tenant_id, at)
  where kind in ('reassigned_outside', 'native_rule');
