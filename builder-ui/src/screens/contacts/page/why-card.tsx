import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ContactDetail } from '@ripen/shared';
import { explanationsQuery } from '../../../api/contacts.ts';
import { useMay } from '../../../app/signed-in.ts';
import { nameIn, type ModelName } from '../../../fields/names.ts';
import { useNames } from '../../../fields/use-names.ts';
import { Points, ScoreChip } from '../../../ui/marks.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { whyOf, type WhyLine } from './why.ts';
import { Card } from './card.tsx';
import styles from './why.module.css';

/** Why a score is what it is: signed lines by group that add up to it. */
export function WhyCard(given: {
  contact: ContactDetail;
  model: string;
  ripe: number;
  onModel: (model: string) => void;
}) {
  const { contact, model } = given;
  const query = useQuery(explanationsQuery(contact.id));
  const names = useNames();
  return (
    <Card
      title="Why this score"
      acts={
        contact.scores.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Score model"
            value={model}
            onChange={given.onModel}
            data={contact.scores.map(({ model: value, name: label }) => ({ value, label }))}
          />
        )
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={5} height={32} />}>
        {(explanations) => {
          const explanation = explanations.find((each) => each.model === model);
          if (!explanation) return <p className={styles.note}>There is no score model in force yet.</p>;
          const why = whyOf(explanation);
          const named = names.models.find(({ id }) => id === model);
          return (
            <>
              {!explanation.shown && (
                <p className={styles.note}>
                  This contact is outside the model’s audience: the score is kept, but not shown in lists.
                </p>
              )}
              {why.groups.length === 0 && <p className={styles.note}>Nothing has earned points yet.</p>}
              <div className={styles.sum}>
                {why.groups.map((group) => (
                  <dl key={group.id ?? ''} className={styles.group}>
                    <div className={styles.head}>
                      <dt>{group.id === null ? 'All groups' : groupName(named, group.id)}</dt>
                      <dd>
                        <Points value={group.points} />
                      </dd>
                    </div>
                    {group.lines.map((line, index) => (
                      <div key={`${line.kind} ${line.cause ?? ''} ${index}`} className={styles.line}>
                        <dt data-kind={line.kind}>
                          <Cause line={line} model={model} />
                        </dt>
                        <dd>
                          <Points value={line.points} />
                        </dd>
                      </div>
                    ))}
                  </dl>
                ))}
                <dl className={styles.total}>
                  <dt>Score</dt>
                  <dd>
                    <ScoreChip score={why.score} ripe={given.ripe} />
                  </dd>
                </dl>
              </div>
            </>
          );
        }}
      </QueryView>
    </Card>
  );
}

const groupName = (model: ModelName | undefined, id: string): string => nameIn(model?.groups ?? [], id);

/** What a line is owed to, with a way there for those who may change it. */
function Cause({ line, model }: { line: WhyLine; model: string }) {
  const mayOpen = useMay('definitions:write');
  const { automations } = useNames();
  const rule = line.cause?.startsWith('rule:') ? line.cause.slice(5) : null;
  const node = line.cause?.startsWith('node:') ? line.cause.slice(5) : null;
  if (rule !== null && mayOpen) {
    return (
      <Link to="/models/$id" params={{ id: model }} search={{ rule }} className={styles.cause}>
        {line.label}
      </Link>
    );
  }
  if (node !== null) {
    const [automation = '', id] = node.split('/');
    const label = nameIn(automations, automation);
    return mayOpen ? (
      <Link to="/automations/$id" params={{ id: automation }} search={id ? { node: id } : {}} className={styles.cause}>
        {label}
      </Link>
    ) : (
      label
    );
  }
  if (line.by === undefined) return line.label;
  return (
    <>
      {line.label}
      <span className={styles.by}>
        {line.by}
        {line.at !== undefined && (
          <>
            , <RelativeTime at={line.at} />
          </>
        )}
      </span>
    </>
  );
}
