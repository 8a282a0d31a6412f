-- Nominal points per cause: an object became two lists side by side, which copy faster.
update contacts set state = jsonb_set(state::jsonb, '{models}', (
  select coalesce(jsonb_object_agg(model.key, (model.value - 'totals') || jsonb_build_object('causes', lists.causes, 'totals', lists.totals)), '{}')
  from jsonb_each(state::jsonb->'models') model
  cross join lateral (
    select coalesce(jsonb_agg(key order by key), '[]') as causes, coalesce(jsonb_agg(value order by key), '[]') as totals
    from jsonb_each(model.value->'totals')
  ) lists
))::json
where jsonb_typeof(state::jsonb->'models') = 'object';
