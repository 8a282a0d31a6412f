-- What lists read ------------------------------------------------------------------------------------------------------

-- A contact as lists and searches show it: rewritten only when something of it changes, so that scoring leaves it alone.
create table contact_cards (
  contact_id uuid primary key,
  -- When the contact was made, microseconds: its place in "newest first".
  created_us bigint not null,
  name text not null,
  email text,
  company text,
  -- Empty for none.
  stage text not null,
  -- Words of name, e-mail address, company and user id; labels as `#label`, which no word can be.
  search tsvector not null
);
create index contact_cards_newest on contact_cards (created_us desc, contact_id);
create index contact_cards_stage on contact_cards (stage, created_us desc, contact_id);
create index contact_cards_search on contact_cards using gin (search);

-- What the card said when it was last written, as a checksum; nothing indexes it, so states are still updated in place.
alter table contacts add column card integer;

-- Whole points of the lifecycle's model when they last changed; the least value outside its audience. Scores that fade fall
-- without anybody looking, so this is an upper bound, and whoever reads the list brings down what has sunk.
create table contact_heat (
  contact_id uuid primary key,
  stage text not null,
  heat smallint not null
) with (fillfactor = 80);
create index contact_heat_stage on contact_heat (stage, heat desc, contact_id);

-- Contacts from before: their next event writes them properly; until somebody reads them, their heat is not known.
insert into contact_cards (contact_id, created_us, name, email, company, stage, search)
select c.id, (extract(epoch from c.created_at) * 1000000)::bigint, n.name, c.email, n.company, coalesce(c.stage, ''),
  array_to_tsvector(array(
    select distinct left(word, 100) from regexp_split_to_table(
      lower(concat_ws(' ', n.name, c.email, n.company, c.user_id)), '[^[:alnum:]]+') word where word <> ''))
from contacts c
cross join lateral (
  select coalesce(
      nullif(trim(concat_ws(' ', c.state->'fields'->>'firstName', c.state->'fields'->>'lastName')), ''),
      nullif(trim(c.state->'fields'->>'name'), ''), c.email, c.user_id, 'Anonymous ' || left(c.id::text, 8)) as name,
    coalesce(nullif(trim(c.state->'fields'->>'company'), ''), nullif(trim(c.state->'fields'->>'account.name'), '')) as company
) n
where c.merged_into is null;
insert into contact_heat (contact_id, stage, heat) select contact_id, stage, 32767 from contact_cards;

-- Runs: every list is a range of one index, or a merge of four.
drop index runs_automation;
drop index runs_started;
create index runs_listed on runs (status, started_at desc, id);
create index runs_automation on runs (automation, status, started_at desc, id);
-- Those that people look for on a canvas: what waits at a node, and what failed there.
create index runs_node on runs (automation, node, status, started_at desc, id, version) where status in ('waiting', 'failed');
create index runs_failed on runs (updated_at) where status = 'failed';
create index deliveries_told on deliveries (status, at desc, id) where status in ('failed', 'held');
create index dead_letters_open on dead_letters (id) where retried_at is null;

-- Runs of each version by what became of them, kept as they grow. A shard is some slots of one lane: lanes never wait for
-- each other here. What waits is what entered less what ended.
create table run_totals (
  automation text not null,
  version integer not null,
  shard smallint not null,
  entered bigint not null,
  completed bigint not null,
  failed bigint not null,
  cancelled bigint not null,
  -- Between them all of them started.
  first_at bigint not null,
  last_at bigint not null,
  primary key (automation, version, shard)
) with (fillfactor = 50);

-- Runs that started on a day (days since 1970, UTC).
create table run_days (
  day integer not null,
  automation text not null,
  shard smallint not null,
  entered bigint not null,
  primary key (day, automation, shard)
) with (fillfactor = 50);

-- How often runs came to a node (`port` empty), left it by an output, ended there without one (`.ended`) and failed there
-- (`.failed`): what their trails say, added up.
create table step_counts (
  automation text not null,
  version integer not null,
  node text not null,
  port text not null,
  shard smallint not null,
  passed bigint not null,
  primary key (automation, version, node, port, shard)
) with (fillfactor = 50);

insert into run_totals
select automation, version, 0, count(*), count(*) filter (where status = 'completed'), count(*) filter (where status = 'failed'),
  count(*) filter (where status = 'cancelled'), min(started_at), max(started_at)
from runs group by automation, version;
insert into run_days select started_at / 86400000, automation, 0, count(*) from runs group by 1, 2;
insert into step_counts
select automation, version, node, kind.port, 0, count(*) from (
  select r.automation, r.version, s.step->>'node' as node, s.step->>'port' as port,
    lag(s.step->>'node') over trail = s.step->>'node' and lag(s.step->>'port') over trail is null as stayed
  from runs r cross join lateral jsonb_array_elements(r.trail) with ordinality as s (step, n)
  window trail as (partition by r.id order by s.n)
) steps
cross join lateral (
  select '' as port where stayed is not true union all select steps.port where steps.port is not null
) kind
where node <> '' group by automation, version, node, kind.port;
insert into step_counts
select automation, version, last.step->>'node', '.ended', 0, count(*) from runs
cross join lateral (
  select step from jsonb_array_elements(trail) with ordinality as s (step, n) where step->>'node' <> '' order by n desc limit 1
) last
where status <> 'waiting' and last.step->>'port' is null group by 1, 2, 3;
insert into step_counts
select automation, version, node, '.failed', 0, count(*) from runs where status = 'failed' and node is not null group by 1, 2, 3;

-- Organising automations needs no publication.
create table automation_folders (
  automation text primary key,
  folder text not null
);

-- Leads: the score at the handoff, and who brought the lead to its status.
alter table leads
  add column score double precision not null default 0,
  add column by_id uuid,
  add column by_name text;
update leads set score = coalesce(
  (select round(sum((line->>'points')::numeric), 6) from jsonb_array_elements(
     case when jsonb_typeof(why->'why') = 'array' then why->'why' else '[]' end) line), 0);
create index leads_hottest on leads (status, score desc, at, id);
create index leads_rep on leads (rep, status, score desc, at, id);

-- What events have brought so far, for those who write conditions.
create table seen (
  kind text not null check (kind in ('event_type', 'property', 'field', 'label')),
  -- Event type of a property.
  parent text not null,
  name text not null,
  -- Of the value, when it was last written down.
  value_kind text not null,
  -- By the events' own dates, right to the hour, ms.
  last_at bigint not null,
  primary key (kind, parent, name)
);
