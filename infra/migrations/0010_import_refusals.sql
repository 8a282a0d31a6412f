-- What a historical load did not take, with the reason: the first ten thousand rows of it, so that they can be found again later.
create table import_refusals (
  import_id uuid not null references imports on delete cascade,
  id bigint generated always as identity,
  file text not null,
  line bigint not null,
  reason text not null,
  original text not null,
  primary key (import_id, id)
);
create unique index import_refusals_once on import_refusals (import_id, file, line, md5(reason));

-- How many there were, those that are not kept included.
alter table imports add column refused bigint not null default 0;
