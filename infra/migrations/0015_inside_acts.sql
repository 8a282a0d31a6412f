-- What was decided about those inside an automation, by pausing it, publishing, archiving, or for itself. Contacts that it missed,
-- because they entered by what was accepted before it, learn of it when they are first stepped under its revision.
create table inside_acts (
  id bigint generated always as identity primary key,
  automation text not null,
  revision bigint not null,
  act text not null check (act in ('move', 'cancel', 'hold', 'release')),
  version int,
  at bigint not null,
  job_id uuid
);
create index inside_acts_by_automation on inside_acts (automation, revision);
