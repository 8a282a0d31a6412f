-- Event times are whole milliseconds (bigint), as in the core; timestamptz is for the installation's own bookkeeping.

-- Definitions ---------------------------------------------------------------------------------------------------------

-- One row: the revision that inputs accepted now count under.
create table definitions_head (
  only_one boolean primary key default true check (only_one),
  revision bigint not null
);
insert into definitions_head (revision) values (0);

-- Published documents. A row holds for revisions in [from_revision, to_revision); rows are never edited but for being ended.
create table definitions (
  kind text not null,
  id text not null,
  version integer not null,
  document jsonb not null,
  from_revision bigint not null,
  to_revision bigint,
  -- Why it ended; null while it is in force.
  ended_by text check (ended_by in ('superseded', 'paused', 'archived')),
  published_at timestamptz not null default now(),
  primary key (kind, id, from_revision)
);
create unique index definitions_live on definitions (kind, id) where to_revision is null;

create table drafts (
  kind text not null,
  id text not null,
  document jsonb not null,
  -- Grows with each save: a save that names another is a conflict.
  edition integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (kind, id)
);

-- Signing secrets of webhook channels; never returned after creation.
create table channel_secrets (
  channel text primary key,
  secret text not null,
  created_at timestamptz not null default now()
);

-- Contacts ------------------------------------------------------------------------------------------------------------

-- `state` is the core's Subject; `{}` for a contact nothing was applied to yet. It is json, not jsonb: only the core reads
-- it, whole, and json keeps the order of its keys, as the simulator's memory does. The columns beside it are copies for
-- lists and look-ups. Nothing indexes what scoring changes, so updates stay within their page.
create table contacts (
  id uuid primary key,
  slot smallint not null,
  state json not null,
  user_id text,
  email text,
  stage text,
  -- Open historical load that holds this contact's dues.
  held_by uuid,
  -- Set when this contact turned out to be another one.
  merged_into uuid,
  created_at timestamptz not null default now()
) with (fillfactor = 70);
create index contacts_held on contacts (held_by, id) where held_by is not null;

create table identities (
  kind text not null check (kind in ('user', 'email', 'anonymous')),
  value text not null,
  contact_id uuid not null,
  primary key (kind, value)
);
create index identities_contact on identities (contact_id);

-- Arrivals ------------------------------------------------------------------------------------------------------------

-- Every messageId ever accepted, as a 16-byte hash: the guard against sending twice.
create table messages (id uuid primary key);

create table inbox (
  id bigint generated always as identity primary key,
  slot smallint not null,
  contact_id uuid not null,
  kind text not null default 'event' check (kind in ('event', 'absorb', 'merge', 'rebuild')),
  -- Definitions that the input counts under.
  revision bigint not null,
  -- When it was received; what the sender of a historical load says it was.
  received_at bigint not null,
  -- Open historical load, if it came in one.
  import_id uuid,
  body json not null,
  created_at timestamptz not null default now()
);
create index inbox_slot on inbox (slot, id);
-- Whether a load that is being closed still has arrivals waiting.
create index inbox_import on inbox (import_id) where import_id is not null;

-- What was applied, in the order in which it was: `seq` orders the arrivals of a contact.
create table events (
  contact_id uuid not null,
  seq bigint generated always as identity,
  message_id text not null,
  type text not null,
  occurred_at bigint not null,
  -- The contact's clock when it was applied: what a replay needs.
  arrived_at bigint not null,
  revision bigint not null,
  backfilled boolean not null,
  properties json not null,
  fields json,
  notes text[],
  primary key (contact_id, seq)
);
create index events_type on events (contact_id, type, occurred_at);

create table dead_letters (
  id bigint generated always as identity primary key,
  contact_id uuid not null,
  slot smallint not null,
  message_id text,
  revision bigint not null,
  received_at bigint not null,
  body json not null,
  error text not null,
  created_at timestamptz not null default now(),
  retried_at timestamptz
);

-- Scores --------------------------------------------------------------------------------------------------------------

create table ledger (
  id uuid primary key,
  contact_id uuid not null,
  generation integer not null,
  seq integer not null,
  model text not null,
  "group" text,
  kind text not null,
  points bigint not null,
  at bigint not null,
  earned_at bigint not null,
  cause text not null,
  message_id text,
  run_id uuid,
  decays boolean not null,
  expires_at bigint,
  epoch integer not null,
  factors jsonb,
  of uuid
);
create index ledger_contact on ledger (contact_id, generation, seq);
-- Late events ask for the decay steps since they happened.
create index ledger_steps on ledger (contact_id, generation, at) where kind = 'decay';

create table moves (
  id uuid primary key,
  contact_id uuid not null,
  generation integer not null,
  seq integer not null,
  at bigint not null,
  from_stage text,
  to_stage text,
  passed text[] not null,
  cause text not null,
  message_id text
);
create index moves_contact on moves (contact_id, generation, seq);

-- Facts: counters of kind once_per and at_most.
create table counted (
  contact_id uuid not null,
  counter text not null,
  value text not null,
  at bigint not null
);
create index counted_key on counted (contact_id, counter, value, at);

-- Facts: behaviour entries that will expire.
create table expiring (
  entry_id uuid primary key,
  contact_id uuid not null,
  seq integer not null,
  model text not null,
  "group" text not null,
  cause text not null,
  epoch integer not null,
  era integer not null,
  shrink double precision not null,
  points bigint not null,
  earned_at bigint not null,
  decays boolean not null,
  expires_at bigint not null
);
create index expiring_contact on expiring (contact_id, expires_at, seq);

-- A lower bound of each contact's next due moment; rewritten only when a due moves earlier, rechecked when it fires.
create table dues (
  contact_id uuid primary key,
  slot smallint not null,
  due_at bigint not null
);
create index dues_slot on dues (slot, due_at);

-- Automations ---------------------------------------------------------------------------------------------------------

create table runs (
  id uuid primary key,
  contact_id uuid not null,
  automation text not null,
  version integer not null,
  status text not null check (status in ('waiting', 'completed', 'failed', 'cancelled')),
  node text,
  until bigint,
  waiting jsonb,
  message_id text,
  started_at bigint not null,
  updated_at bigint not null,
  trail jsonb not null,
  error text,
  backfilled boolean not null,
  -- Whether Temporal was asked to hold it.
  has_workflow boolean not null default false
);
create index runs_contact on runs (contact_id, started_at desc, id);
create index runs_automation on runs (automation, started_at desc, id);
create index runs_started on runs (started_at desc, id);
create index runs_waiting on runs (until) where status = 'waiting';

-- What is to be told, once, to the outside.
create table deliveries (
  id uuid primary key,
  run_id uuid not null,
  contact_id uuid not null,
  node text not null,
  channel text not null,
  status text not null check (status in ('pending', 'delivered', 'failed', 'held')),
  payload jsonb not null,
  at bigint not null,
  attempts integer not null default 0,
  last_error text,
  delivered_at timestamptz
);
create index deliveries_run on deliveries (run_id);
create index deliveries_pending on deliveries (id) where status = 'pending';

-- What the outside is asked; the answer comes back through the inbox.
create table asks (
  id uuid primary key,
  run_id uuid not null,
  contact_id uuid not null,
  node text not null,
  what text not null,
  queue text not null,
  held boolean not null,
  payload jsonb not null,
  at bigint not null,
  answered_at timestamptz
);
create index asks_run on asks (run_id);
create index asks_open on asks (id) where answered_at is null;

create table outbox (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('start', 'signal', 'cancel', 'route')),
  run_id uuid not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- After a failure: not before this.
  not_before timestamptz not null default now()
);
create index outbox_ready on outbox (not_before, id);

-- Handoff -------------------------------------------------------------------------------------------------------------

create table leads (
  id uuid primary key,
  contact_id uuid not null,
  run_id uuid not null,
  queue text not null,
  rep text,
  status text not null check (status in ('open', 'accepted', 'rejected', 'won', 'lost', 'withdrawn')),
  -- Who was considered, who was excluded and why.
  decision jsonb not null,
  -- Scores, stage and what led here, as of the handoff.
  why jsonb not null,
  -- Made by backfill: nobody was told, the clock for answering starts when it is released.
  held boolean not null default false,
  at bigint not null,
  answer_by bigint,
  reason text,
  value numeric,
  updated_at timestamptz not null default now()
);
create unique index leads_open on leads (contact_id) where status in ('open', 'accepted');
create index leads_queue on leads (queue, status, at desc, id);
create index leads_at on leads (at desc, id);

-- Where each queue's round robin stands.
create table queue_turns (
  queue text primary key,
  last_rep text not null
);

-- Lanes and loads -----------------------------------------------------------------------------------------------------

create table lanes (
  lane smallint primary key,
  first_slot smallint not null,
  last_slot smallint not null,
  asleep boolean not null default true,
  poked_at timestamptz,
  applied bigint not null default 0,
  drained_at timestamptz
);
insert into lanes (lane, first_slot, last_slot) select n, n * 32, n * 32 + 31 from generate_series(0, 7) n;

-- The dispatcher sleeps and is poked like a lane.
create table dispatchers (
  name text primary key,
  asleep boolean not null default true,
  poked_at timestamptz
);
insert into dispatchers (name) values ('outbox');

create table imports (
  id uuid primary key,
  name text not null,
  status text not null check (status in ('open', 'closing', 'closed', 'cancelled')),
  received bigint not null default 0,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);

-- Long work: progress that people see.
create table jobs (
  id uuid primary key,
  kind text not null,
  status text not null check (status in ('running', 'completed', 'failed', 'cancelled')),
  input jsonb not null,
  done bigint not null default 0,
  total bigint,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Access --------------------------------------------------------------------------------------------------------------

create table api_keys (
  id uuid primary key,
  -- `write` keys only ingest; `api` keys hold the permissions listed.
  kind text not null check (kind in ('write', 'api')),
  name text not null,
  -- SHA-256 of the key; the key itself is shown once.
  hash bytea not null unique,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- Answers already given to writes that carried an Idempotency-Key.
create table idempotency (
  api_key uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (api_key, key)
);

create table settings (
  key text primary key,
  value jsonb not null
);
