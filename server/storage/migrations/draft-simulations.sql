-- What trying the draft's text on the past said, in short (DraftSimulation); null: it was not tried since it was written.
alter table policy_draft add column simulation jsonb;
