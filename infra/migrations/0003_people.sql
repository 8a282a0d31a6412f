-- People --------------------------------------------------------------------------------------------------------------

-- Tables of better-auth, whose names are mapped in engine/src/auth/better-auth.ts. "Account" is the domain's word for a
-- company, so what it calls accounts are credentials here.

create table people (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('marketer', 'sales', 'admin')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- How somebody proves who they are: here always a password, as a salted scrypt hash.
create table credentials (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  provider_id text not null,
  person_id uuid not null references people on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credentials_person on credentials (person_id);

-- Who is signed in. The cookie is the token with a signature: the rows alone open nothing.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  token text not null unique,
  person_id uuid not null references people on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_person on sessions (person_id);
create index sessions_expires on sessions (expires_at);

create table verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);

-- Attempts to sign in, per address and per e-mail address, within a window that starts with the first.
create table sign_in_attempts (
  key text primary key,
  attempts integer not null,
  started_at timestamptz not null
);
create index sign_in_attempts_started on sign_in_attempts (started_at);

-- Answers are kept for people as well as for keys.
alter table idempotency rename column api_key to caller;
