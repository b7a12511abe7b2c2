-- When whoever signed in proved who they are: as their provider says, else when the session began.
alter table session add column proven_at timestamptz;
update session set proven_at = opened_at;
alter table session alter column proven_at set default now(), alter column proven_at set not null;
