import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ContactDetail } from '@ripen/shared';
import { ApiProblem } from '../../api/client.ts';
import { contactQuery } from '../../api/contacts.ts';
import { ScoreChip, StageBadge } from '../../ui/marks.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { ContactActs } from './page/acts.tsx';
import { Card } from './page/card.tsx';
import { FieldsCard, IdentitiesCard, LeadCard } from './page/facts.tsx';
import { ForecastCard } from './page/forecast-card.tsx';
import styles from './page/page.module.css';
import { Timeline } from './page/timeline.tsx';
import { WhyCard } from './page/why-card.tsx';
import { useStages, type Stages } from '../../fields/use-stages.ts';

const route = getRouteApi('/inside/contacts/$id');

/** One contact: who it is, where it stands and why, what comes next, and all that happened. */
export function ContactScreen() {
  const { id } = route.useParams();
  const query = useQuery(contactQuery(id));
  const stages = useStages();
  const contact = query.data;
  if (query.error instanceof ApiProblem && query.error.status === 404) return <Gone />;
  return (
    <Page
      title={contact?.name ?? 'Contact'}
      sub={contact && whoInWords(contact)}
      lead={
        <ActionIcon component={Link} to="/contacts" aria-label="All contacts">
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
      acts={contact && <ContactActs contact={contact} stages={stages} />}
    >
      <QueryView query={query} loading={<LoadingRows rows={12} />}>
        {(shown) => <Shown contact={shown} stages={stages} />}
      </QueryView>
    </Page>
  );
}

function Shown({ contact, stages }: { contact: ContactDetail; stages: Stages }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const model = search.model ?? contact.scores[0]?.model ?? null;
  const score = contact.scores.find((each) => each.model === model);
  return (
    <>
      <Standing contact={contact} stages={stages} score={score} />
      <div className={styles.grid}>
        <div className={styles.why}>
          {model === null ? (
            <NoScore />
          ) : (
            <WhyCard
              contact={contact}
              model={model}
              ripe={stages.ripe}
              onModel={(next) => void navigate({ search: (before) => ({ ...before, model: next }), replace: true })}
            />
          )}
        </div>
        <div className={styles.main}>
          {model !== null && <ForecastCard contact={contact.id} model={model} stages={stages} />}
          <Timeline
            contact={contact.id}
            kinds={search.kinds ?? ''}
            onKinds={(kinds) =>
              void navigate({ search: (before) => ({ ...before, kinds: kinds || undefined }), replace: true })
            }
          />
        </div>
        <aside className={styles.aside} aria-label="About the contact">
          {contact.lead && <LeadCard lead={contact.lead} />}
          <FieldsCard contact={contact} />
          <IdentitiesCard contact={contact} />
        </aside>
      </div>
    </>
  );
}

function NoScore() {
  return (
    <Card title="No score">
      <p>
        No score model counts this contact yet. <Link to="/models">Score models</Link>
      </p>
    </Card>
  );
}

/** Score, stage, labels: where the contact stands, in a line. */
function Standing(given: {
  contact: ContactDetail;
  stages: Stages;
  score: ContactDetail['scores'][number] | undefined;
}) {
  const { contact, stages, score } = given;
  return (
    <div className={styles.standing}>
      {score?.shown && (
        <span>
          <span className="heard">Score </span>
          <ScoreChip large score={score.score} ripe={stages.ripe} band={score.band} />
        </span>
      )}
      <span>
        <StageBadge
          name={contact.stageName ?? contact.stage}
          index={stages.indexOf(contact.stage)}
          of={stages.list.length}
        />
        {contact.stageSince !== null && contact.stage !== null && (
          <span className={styles.since}>
            {' '}
            since <RelativeTime at={contact.stageSince} />
          </span>
        )}
      </span>
      {contact.lastActivityAt !== null && (
        <span className={styles.since}>
          Last active <RelativeTime at={contact.lastActivityAt} />
        </span>
      )}
      {contact.waitingRuns > 0 && (
        <Link to="/runs" search={{ contact: contact.id, status: 'waiting' }} className={styles.way}>
          In {count(contact.waitingRuns, 'automation')}
        </Link>
      )}
      {contact.labels.length > 0 && (
        <span className={styles.labels}>
          {contact.labels.map((label) => (
            <span key={label} className={styles.label}>
              {label}
            </span>
          ))}
        </span>
      )}
      {contact.heldBy !== null && (
        <span className={styles.since}>What falls due waits for a historical load to be closed.</span>
      )}
    </div>
  );
}

const whoInWords = (contact: ContactDetail) => {
  const title = contact.fields['title'];
  const company = contact.account ? null : contact.company;
  const said = [typeof title === 'string' ? title : null, company].filter((part) => part !== null).join(', ');
  return (
    <>
      {contact.email !== null && contact.email !== contact.name && (
        <a href={`mailto:${contact.email}`}>{contact.email}</a>
      )}
      {contact.email !== null && contact.email !== contact.name && said !== '' && ' · '}
      {said}
      {contact.account && (
        <>
          {(said !== '' || (contact.email !== null && contact.email !== contact.name)) && ' · '}
          <Link to="/accounts/$id" params={{ id: contact.account.id }}>
            {contact.account.name}
          </Link>
        </>
      )}
    </>
  );
};

function Gone() {
  return (
    <Page title="Contact">
      <EmptyState
        icon={<IconUserQuestion size={36} stroke={1.4} />}
        title="There is no such contact"
        acts={<Link to="/contacts">All contacts</Link>}
      >
        It may have been erased, or the address is not complete.
      </EmptyState>
    </Page>
  );
}
