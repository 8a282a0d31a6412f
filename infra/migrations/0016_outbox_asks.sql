-- A row of the outbox says which run, and for a route which ask: nothing reads more. What a run ended by hand leaves is a signal.
update outbox set kind = 'signal' where kind = 'cancel';
alter table outbox add column ask uuid;
update outbox set ask = (payload ->> 'ask')::uuid where kind = 'route';
alter table outbox drop column payload;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('start', 'signal', 'route'));
alter table outbox add constraint outbox_ask_check check ((kind = 'route') = (ask is not null));
