-- How fast the outbox is carried to Temporal, so that what is taken in can be held to it.
alter table dispatchers
  -- When rows were last carried out.
  add column carried_at timestamptz,
  -- Rows a second while there was plenty to carry, of the last ten seconds or so of such work.
  add column per_second double precision;

-- Rows that nobody has tried yet: how many there are, at most, is seen from its two ends.
create index outbox_untried on outbox (id) where attempts = 0;
