import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LeadDetail } from '@ripen/shared';
import { useState } from 'react';
import { lastDoneQuery, leadQuery } from '../../api/leads.ts';
import { eventHint } from '../../fields/event-hint.ts';
import { pathWords } from '../../fields/names.ts';
import { useStages } from '../../fields/use-stages.ts';
import { Address } from '../../ui/address.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { ScoreChip, Points } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { count, humanise, number } from '../../ui/words.ts';
import { LeadActs } from './lead-acts.tsx';
import styles from './queue.module.css';

/** One lead: who, why now, what they did last, and the answers there are. */
export function LeadPane(given: { id: string; onAnswered: (id: string) => void; onBack: () => void }) {
  const query = useQuery(leadQuery(given.id));
  const { ripe } = useStages();
  return (
    <QueryView query={query} loading={<LoadingRows rows={8} />}>
      {(lead) => (
        <>
          <header className={styles.leadHead}>
            <ActionIcon className={styles.back} aria-label="Back to the list" onClick={given.onBack} size="lg">
              <IconArrowLeft size={20} />
            </ActionIcon>
            <ScoreChip score={lead.score} ripe={ripe} large />
            <div className={styles.leadName}>
              <h2>{lead.contact.name}</h2>
              <div className={styles.about}>
                {lead.contact.company && <span>{lead.contact.company}</span>}
                {lead.contact.stageName && <span>{lead.contact.stageName}</span>}
                {lead.status === 'open' && lead.answerBy && <Countdown until={lead.answerBy} />}
              </div>
            </div>
            <LeadActs lead={lead} onAnswered={() => given.onAnswered(lead.id)} />
          </header>
          <Body lead={lead} />
        </>
      )}
    </QueryView>
  );
}

function Body({ lead }: { lead: LeadDetail }) {
  const last = useQuery(lastDoneQuery(lead.contactId));
  return (
    <div className={styles.content}>
      <div className={styles.column}>
        <section>
          <h3>Why this lead is here</h3>
          <Why lead={lead} />
          {lead.contact.score !== null && lead.contact.score !== lead.score && (
            <p className={styles.now}>It is {number(lead.contact.score)} now.</p>
          )}
          <Button
            component={Link}
            to={`/contacts/${lead.contactId}`}
            variant="default"
            size="xs"
            mt="sm"
            rightSection={<IconArrowRight size={14} />}
          >
            Open the contact
          </Button>
        </section>
        <section>
          <h3>How it came to you</h3>
          <dl className={styles.facts}>
            <dt>Automation</dt>
            <dd>{lead.automationName ?? 'Not known any more'}</dd>
            <dt>Queue</dt>
            <dd>{lead.queueName}</dd>
            <dt>Given to</dt>
            <dd>{lead.repName ? `${lead.repName}, whose turn it was` : 'Nobody was available'}</dd>
            <dt>Handed over</dt>
            <dd>
              <RelativeTime at={lead.at} />
            </dd>
            {lead.answeredBy && (
              <>
                <dt>{humanise(lead.status)} by</dt>
                <dd>{lead.answeredBy}</dd>
              </>
            )}
            {lead.reason && (
              <>
                <dt>Reason</dt>
                <dd>{lead.reason}</dd>
              </>
            )}
            {lead.value !== null && (
              <>
                <dt>Value</dt>
                <dd>{number(lead.value)}</dd>
              </>
            )}
          </dl>
        </section>
      </div>
      <div className={styles.column}>
        <section>
          <h3>Reach them</h3>
          <dl className={styles.facts}>
            {lead.contact.email && (
              <>
                <dt>E-mail</dt>
                <dd>
                  <a href={`mailto:${lead.contact.email}`}>
                    <Address text={lead.contact.email} />
                  </a>
                </dd>
              </>
            )}
            <Fields why={lead.why} />
          </dl>
        </section>
        <section>
          <h3>What they did last</h3>
          <QueryView query={last} loading={<LoadingRows rows={4} height={28} />}>
            {(events) =>
              events.length === 0 ? (
                <p className={styles.soft}>Nothing is known.</p>
              ) : (
                <ul className={styles.lines}>
                  {events.map((event) => (
                    <li key={event.id}>
                      <span>
                        {event.typeName}
                        <Hint properties={event.properties} type={event.type} />
                      </span>
                      <span className={styles.soft}>
                        <RelativeTime at={event.occurredAt} />
                      </span>
                    </li>
                  ))}
                </ul>
              )
            }
          </QueryView>
        </section>
      </div>
    </div>
  );
}

/** Lines that are read at a glance; the rest is told together until it is asked for. */
const atAGlance = 6;

function Why({ lead }: { lead: LeadDetail }) {
  const [all, setAll] = useState(false);
  const shown = all || lead.lines.length <= atAGlance + 1 ? lead.lines : lead.lines.slice(0, atAGlance);
  const rest = lead.lines.slice(shown.length);
  return (
    <ul className={styles.lines}>
      {shown.map(({ label, points }) => (
        <li key={label}>
          <span>{label}</span>
          <Points value={points} />
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <span>
            <button type="button" className={styles.rest} onClick={() => setAll(true)}>
              {count(rest.length, 'more line')}, caps and losses
            </button>
          </span>
          <Points value={rest.reduce((sum, { points }) => sum + points, 0)} />
        </li>
      )}
      <li>
        <strong>Score at the handoff</strong>
        <strong>{number(lead.score)}</strong>
      </li>
    </ul>
  );
}

/** What tells the event from others of its kind, if anything does. */
function Hint({ properties, type }: { properties: unknown; type: string }) {
  const hint = eventHint(properties, type);
  return hint === null ? null : <div className={styles.soft}>{hint}</div>;
}

/** The fields that help a conversation; the contact's page has all of them. */
const telling = ['phone', 'title', 'industry', 'employees', 'country', 'city', 'leadSource', 'website'];

function Fields({ why }: { why: unknown }) {
  const fields = why !== null && typeof why === 'object' && 'fields' in why ? why.fields : null;
  if (fields === null || typeof fields !== 'object') return null;
  const known = new Map<string, unknown>(Object.entries(fields));
  return telling.flatMap((name) => {
    const value = known.get(name);
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [
      <dt key={name}>{pathWords(name)}</dt>,
      <dd key={`${name} is`}>{name === 'phone' ? <a href={`tel:${value}`}>{value}</a> : String(value)}</dd>,
    ];
  });
}
