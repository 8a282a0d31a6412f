-- Outbox rows that a lane's arrivals asked for: beside `applied` it says how many those that still wait will ask for.
alter table lanes add column asked bigint not null default 0;
