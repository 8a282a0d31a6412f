import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ContactDetail, Definition, ScoreModel, Stage } from '@ripen/shared';
import { useDeferredValue, useMemo } from 'react';
import { contactQuery } from '../../../api/contacts.ts';
import { Points, ScoreChip, StageBadge } from '../../../ui/marks.tsx';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { number, signed } from '../../../ui/words.ts';
import styles from '../model.module.css';
import { replay, withModel, type Replay } from '../replay.ts';
import { ContactPicker } from './contact-picker.tsx';
import { contactEventsQuery, type ContactEvents } from './contact-events.ts';
import marks from './side.module.css';

const route = getRouteApi('/inside/models/$id');

interface Given {
  model: ScoreModel;
  inForce: readonly Definition[];
  stages: readonly Stage[];
}

/** What the draft would say of one contact, from all that they did. */
export function TryContact(given: Given) {
  const { contact } = route.useSearch();
  const navigate = useNavigate();
  const choose = (id: string): void =>
    void navigate({
      to: '/models/$id',
      params: { id: given.model.id },
      search: (before) => ({ ...before, contact: id }),
      replace: true,
    });
  return (
    <section className={styles.part} aria-label="Test against a contact">
      <h2 className={styles.heading}>Test against a contact</h2>
      {contact ? (
        <Chosen {...given} contact={contact} onClear={() => choose('')} />
      ) : (
        <ContactPicker onChoose={choose} />
      )}
    </section>
  );
}

function Chosen(given: Given & { contact: string; onClear: () => void }) {
  const contact = useQuery(contactQuery(given.contact));
  const events = useQuery(contactEventsQuery(given.contact));
  return (
    <QueryView query={contact} loading={<LoadingRows rows={3} height={32} />}>
      {(found) => (
        <>
          <div className={marks.who}>
            <Link to="/contacts/$id" params={{ id: found.id }}>
              {found.name}
            </Link>
            <ActionIcon aria-label="Choose another contact" onClick={given.onClear}>
              <IconX size={16} />
            </ActionIcon>
          </div>
          <QueryView query={events} loading={<LoadingRows rows={3} height={32} />}>
            {(past) => <Outcome {...given} contact={found} past={past} />}
          </QueryView>
        </>
      )}
    </QueryView>
  );
}

/** Both versions over the same past, so that only the model makes the difference. */
const compare = (given: Given, past: ContactEvents, now: number): { draft: Replay; live: Replay | null } | null => {
  const { model, inForce } = given;
  try {
    const live = inForce.some((document) => document.kind === 'model' && document.id === model.id);
    return {
      draft: replay(withModel(inForce, model), model.id, past.events, now),
      live: live ? replay(inForce, model.id, past.events, now) : null,
    };
  } catch {
    // A draft that is not finished cannot be computed with.
    return null;
  }
};

function Outcome(given: Given & { contact: ContactDetail; past: ContactEvents; onClear: () => void }) {
  const { inForce, stages, contact, past } = given;
  const model = useDeferredValue(given.model);
  const compared = useMemo(() => compare({ model, inForce, stages }, past, Date.now()), [model, inForce, stages, past]);
  if (!compared) return <p className={styles.note}>The draft is not finished: fix what is marked first.</p>;
  const { draft, live } = compared;
  const { explanation } = draft;
  const ripe = stages.findLast(({ threshold }) => threshold !== undefined)?.threshold ?? model.clamp.max;
  const change = live ? explanation.score - live.explanation.score : 0;
  const real = contact.scores.find((score) => score.model === model.id);
  return (
    <>
      <div className={marks.total}>
        <ScoreChip score={explanation.score} ripe={ripe} large />
        {stages.length > 0 && (
          <StageBadge
            name={stages.find(({ id }) => id === draft.stage)?.name ?? null}
            index={stages.findIndex(({ id }) => id === draft.stage)}
            of={stages.length}
          />
        )}
        <span className={styles.note}>
          {!live
            ? 'with this draft'
            : change === 0
              ? 'the same as with what is live'
              : `${signed(change)} against what is live`}
        </span>
      </div>
      {!explanation.shown && <p className={styles.note}>Outside the audience: the score would not be shown.</p>}
      <dl className={marks.sum}>
        {explanation.lines.map((line, index) => (
          <div key={index} className={marks.row}>
            <dt>{line.label}</dt>
            <dd>
              <Points value={line.points} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        Computed from {number(past.events.length)} events as if this draft had always counted
        {past.cut ? '; older events are left out' : ''}.
        {real ? ` The score in the books is ${number(real.score)}.` : ''}
      </p>
      <Button variant="subtle" size="compact-sm" mt={4} onClick={given.onClear}>
        Another contact
      </Button>
    </>
  );
}
