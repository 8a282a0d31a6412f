-- Generations of the books that nobody looks at any more: everything of the contact before this one. Removed in the
-- background, some rows at a time.
create table outdated (
  id bigint generated always as identity primary key,
  contact_id uuid not null,
  generation integer not null,
  at timestamptz not null default now()
);

-- Those that earlier rebuilds and merges left.
insert into outdated (contact_id, generation)
select id, (state->>'generation')::int + absorbed::int from contacts
where state->>'generation' is not null and (absorbed or (state->>'generation')::int > 1);
