-- Accounts: a read model, computed from contacts as they are soon after one of them changes.
create table accounts (
  id uuid primary key,
  -- When it was first seen, microseconds: its place in "newest first".
  created_us bigint not null,
  name text not null,
  -- As conditions name them: `account.<name>`.
  fields jsonb not null,
  contacts integer not null,
  -- Words of its name and of its fields of text.
  search tsvector not null,
  -- The moment that the rest is right for, and when time alone may have changed it, ms.
  as_of bigint not null,
  look_at bigint
) with (fillfactor = 80);
create index accounts_newest on accounts (created_us desc, id);
create index accounts_named on accounts (lower(name), id);
create index accounts_largest on accounts (contacts desc, id);
create index accounts_search on accounts using gin (search);
create index accounts_look on accounts (look_at) where look_at is not null;

-- Scores by account model, micropoints. Those outside the model's audience are kept apart.
create table account_scores (
  account_id uuid not null,
  model text not null,
  score bigint not null,
  shown boolean not null,
  band text,
  primary key (account_id, model)
) with (fillfactor = 80);
create index account_scores_ranked on account_scores (model, score desc, account_id) where shown;
create index account_scores_banded on account_scores (model, band, score desc, account_id) where shown;

-- Which account a contact belongs to; written by the contact's lane with its state.
create table account_members (
  contact_id uuid primary key,
  account_id uuid not null
);
create index account_members_of on account_members (account_id, contact_id);

-- Accounts to look at again. Lanes only add: none waits for another, nor for who looks.
create table account_marks (
  id bigint primary key generated always as identity,
  account_id uuid not null
);
create index account_marks_of on account_marks (account_id);
