-- When each rule last matched: what never does is doubted.
alter table seen drop constraint seen_kind_check;
alter table seen add constraint seen_kind_check check (kind in ('event_type', 'property', 'field', 'label', 'rule'));
insert into seen (kind, parent, name, value_kind, last_at)
  select 'rule', model, substr(cause, 6), 'unknown', max(at) from ledger
  where kind in ('points', 'profile') and cause like 'rule:%' group by model, cause;

-- What programs did that look at mail, as far back as anybody counts it. A note on what came before may stand first.
create index events_scanners on events (arrived_at, type)
  where notes[1] like 'looks like a scanner%' or notes[2] like 'looks like a scanner%';
