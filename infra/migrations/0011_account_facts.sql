-- What people and files said of accounts: the newest word on each field; no value takes a field back. Contacts hear of it by an
-- arrival each, those who come later too.
create table account_facts (
  account_id uuid not null,
  field text not null,
  value jsonb,
  -- When it was true, ms.
  at bigint not null,
  said_by text not null,
  reason text not null,
  primary key (account_id, field)
) with (fillfactor = 90);
