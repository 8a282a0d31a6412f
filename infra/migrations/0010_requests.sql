-- Requests: deliveries whose answer a run waits for. Null for what is only told.
alter table deliveries add column answer text check (answer in ('awaited', 'given'));
