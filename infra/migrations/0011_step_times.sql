-- The same as `step_counts`, by when it happened: in stretches of five minutes, of an hour and of a day, each kept for as long as
-- anybody asks for it, so that what a canvas shows of an hour or a month is a few thousand rows whatever the number of runs.
-- Node `start` says how many runs began; node '' how they ended, by their status.
create table step_times (
  automation text not null,
  -- Minutes of the stretch: 5, 60 or 1440.
  minutes smallint not null,
  -- Which stretch, counted since 1970.
  stretch integer not null,
  version integer not null,
  node text not null,
  port text not null,
  shard smallint not null,
  passed bigint not null,
  primary key (automation, minutes, stretch, version, node, port, shard)
) with (fillfactor = 50);

with recent as materialized (
  select * from runs where updated_at >= extract(epoch from now()) * 1000 - 33 * 86400000::bigint
), steps as (
  select r.automation, r.version, s.step->>'node' as node, s.step->>'port' as port, (s.step->>'at')::bigint as at,
    lag(s.step->>'node') over trail = s.step->>'node' and lag(s.step->>'port') over trail is null as stayed
  from recent r cross join lateral jsonb_array_elements(r.trail) with ordinality as s (step, n)
  window trail as (partition by r.id order by s.n)
), passed as (
  select automation, version, node, '' as port, at from steps where stayed is not true and node <> ''
  union all select automation, version, node, port, at from steps where port is not null and node <> ''
  union all select automation, version, 'start', 'next', started_at from recent
  union all select automation, version, '', status, updated_at from recent where status <> 'waiting'
  union all select automation, version, node, '.failed', updated_at from recent where status = 'failed' and node is not null
  union all select automation, version, last.step->>'node', '.ended', updated_at from recent
  cross join lateral (
    select step from jsonb_array_elements(trail) with ordinality as s (step, n)
    where step->>'node' <> '' order by n desc limit 1
  ) last where status <> 'waiting' and last.step->>'port' is null
)
insert into step_times
select automation, minutes, at / (minutes * 60000), version, node, port, 0, count(*)
from passed join (values (5, 2), (60, 26), (1440, 768)) as kept (minutes, hours)
  on at >= extract(epoch from now()) * 1000 - hours * 3600000::bigint
group by 1, 2, 3, 4, 5, 6;
