import { useQuery } from '@tanstack/react-query';
import { automationsQuery } from '../../api/automations.ts';
import { statusQuery } from '../../api/insight.ts';
import { lifecycleQuery } from '../../api/lifecycle.ts';
import { peopleQuery } from '../../api/people.ts';
import { useMay } from '../../app/signed-in.ts';

/** Of the steps that a workspace begins with, those that were taken, by where they lead. Null until all of it is known. */
export const useStepsDone = (): readonly string[] | null => {
  const [draws, rules] = [useMay('definitions:write'), useMay('admin')];
  const lifecycle = useQuery({ ...lifecycleQuery, enabled: draws });
  const automations = useQuery({ ...automationsQuery, enabled: draws });
  const people = useQuery({ ...peopleQuery, enabled: rules });
  const status = useQuery(statusQuery);
  if (lifecycle.isLoading || automations.isLoading || people.isLoading || status.isLoading) return null;
  const { contacts = 0, events = 0 } = status.data?.counts ?? {};
  return Object.entries({
    '/models': Boolean(lifecycle.data?.model),
    '/automations': automations.data?.some(({ status: state }) => state === 'live') ?? false,
    '/contacts?import=new': contacts > 0,
    '/settings/keys': events > 0,
    '/settings/people': (people.data?.length ?? 0) > 1,
  }).flatMap(([href, done]) => (done ? [href] : []));
};
