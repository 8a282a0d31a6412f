import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconArrowLeft, IconBuildingOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { AccountDetail } from '@ripen/shared';
import { accountModelsQuery, accountQuery } from '../../api/accounts.ts';
import { ApiProblem } from '../../api/client.ts';
import { ScoreChip } from '../../ui/marks.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import page from '../contacts/page/page.module.css';
import { AccountContacts } from './contacts.tsx';
import { FieldsCard } from './fields-card.tsx';
import { ForecastCard } from './forecast-card.tsx';
import { ripeOf } from './ripe.ts';
import { WhyCard } from './why-card.tsx';

const route = getRouteApi('/inside/accounts/$id');

/** One account: its score and why, who belongs to it, and what becomes of it. */
export function AccountScreen() {
  const { id } = route.useParams();
  const query = useQuery(accountQuery(id));
  if (query.error instanceof ApiProblem && query.error.status === 404) return <Gone />;
  return (
    <Page
      title={query.data?.name ?? 'Account'}
      sub={query.data && count(query.data.contacts, 'contact')}
      lead={
        <ActionIcon component={Link} to="/accounts" aria-label="All accounts">
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={10} />}>
        {(account) => <Shown account={account} />}
      </QueryView>
    </Page>
  );
}

function Shown({ account }: { account: AccountDetail }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const models = useQuery(accountModelsQuery).data ?? [];
  const score = account.scores.find(({ model }) => model === search.model) ?? account.scores[0];
  const model = models.find(({ id }) => id === score?.model);
  const ripe = model ? ripeOf(model) : undefined;
  return (
    <>
      <div className={page.standing}>
        {score?.shown && (
          <span>
            <span className="heard">Score </span>
            <ScoreChip large score={score.score} ripe={ripe} band={score.band} />
          </span>
        )}
        {score && !score.shown && <span className={page.since}>Outside the audience of “{score.name}”</span>}
        <span className={page.since}>
          First seen <RelativeTime at={account.createdAt} />
        </span>
        {account.scores.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Score model"
            value={score?.model ?? ''}
            onChange={(next) => void navigate({ search: { model: next }, replace: true })}
            data={account.scores.map(({ model: value, name: label }) => ({ value, label }))}
          />
        )}
      </div>
      <div className={page.grid}>
        <div className={page.why}>
          <WhyCard score={score} ripe={ripe} />
        </div>
        <div className={page.main}>
          {score && <ForecastCard account={account.id} model={score.model} />}
          <AccountContacts account={account.id} />
        </div>
        <aside className={page.aside} aria-label="About the account">
          <FieldsCard account={account} />
        </aside>
      </div>
    </>
  );
}

function Gone() {
  return (
    <Page title="Account">
      <EmptyState
        icon={<IconBuildingOff size={36} stroke={1.4} />}
        title="There is no such account"
        acts={<Link to="/accounts">All accounts</Link>}
      >
        Its last contact may belong elsewhere now, or the address is not complete.
      </EmptyState>
    </Page>
  );
}
