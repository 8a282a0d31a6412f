-- What was adjusted by hand, so that an explanation finds it whatever the length of the ledger.
create index ledger_by_hand on ledger (contact_id, generation, model, seq)
  where kind in ('adjustment', 'void') and "group" is null;

-- What long work found out, for those that are started to find out.
alter table jobs add column result jsonb;

-- A contact that was rebuilt from history under later models: its arrivals before this revision count under the models and
-- stages of it, whenever they are replayed. 0: each under its own.
alter table contacts add column models_from bigint not null default 0;
