import { Radio, Stack, Text } from '@mantine/core';
import { canWaitIn, type Automation, type InFlight, type NodeTypeName, type PublishChoice } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { inFlightQuery } from '../../api/in-flight.ts';
import { lookOf } from '../../nodes/index.ts';
import { count } from '../../ui/words.ts';
import styles from './in-flight.module.css';

export type Place = InFlight['items'][number];

export const peopleAt = (places: readonly Place[]): number => places.reduce((sum, { waiting }) => sum + waiting, 0);

/** Those in flight, step by step, and the choice between finishing, moving and cancelling. */
export function InFlightPicker(given: {
  draft: Automation;
  version: number;
  choice: PublishChoice;
  onChoice: (choice: PublishChoice) => void;
}) {
  const { draft, version, choice } = given;
  const { data } = useQuery(inFlightQuery(draft.id));
  const places = data?.items ?? [];
  const [inside, lost] = [peopleAt(places), places.filter((place) => !canWaitIn(draft, place))];
  if (inside === 0) return null;
  return (
    <section aria-label="Those inside">
      <h3 className={styles.sub}>{count(inside, 'contact waits', 'contacts wait')} inside</h3>
      {data?.held && <Text size="sm">They are held. When this is published, they go on.</Text>}
      <Radio.Group
        label="What becomes of those inside"
        value={choice}
        onChange={(value) => given.onChoice(value === 'move' || value === 'cancel' ? value : 'finish')}
      >
        <Stack gap="xs">
          <Radio
            value="finish"
            label="They finish on the version that they entered"
            description="Only who enters from now on goes by the new version."
          />
          <Radio
            value="move"
            label={`They go over to version ${version}`}
            description={
              lost.length === 0
                ? 'Each waits on at the same step, until the moment that they wait for now.'
                : `${peopleAt(lost)} of ${count(inside, 'contact')} cannot: their step is gone, or is another kind of step. They finish where they are.`
            }
          />
          <Radio
            value="cancel"
            label="Their runs end here"
            description="What was given to them stays; nothing more happens."
          />
        </Stack>
      </Radio.Group>
      <Places
        automation={draft.id}
        places={places}
        remark={(place) =>
          choice === 'finish' || (choice === 'move' && !canWaitIn(draft, place))
            ? `stay on version ${place.version}`
            : choice === 'move'
              ? `go over to version ${version}`
              : 'end here'
        }
        warns={(place) => choice === 'move' && !canWaitIn(draft, place)}
      />
    </section>
  );
}

/** Who waits where, a line for each step, with the way to them. */
export function Places(given: {
  automation: string;
  places: readonly Place[];
  remark: (place: Place) => string;
  warns: (place: Place) => boolean;
}) {
  return (
    <ul className={styles.places}>
      {given.places.map((place) => (
        <li key={`${place.version} ${place.node}`}>
          <span className={styles.step}>
            <span className={styles.title}>{titleOf(place)}</span>
            <span className={styles.detail}>version {place.version}</span>
          </span>
          <Link
            to="/runs"
            search={{
              automation: given.automation,
              version: String(place.version),
              node: place.node,
              status: 'waiting',
            }}
            aria-label={`See the ${count(place.waiting, 'contact')} at ${titleOf(place)}, version ${place.version}`}
          >
            {count(place.waiting, 'contact')}
          </Link>
          <span className={styles.remark} data-warns={given.warns(place) || undefined}>
            {given.remark(place)}
          </span>
        </li>
      ))}
    </ul>
  );
}

const titleOf = ({ type, node }: Place): string => {
  // What the server knows as a type of a step is one; what it does not know is called by its id.
  return type === null ? node : lookOf(type as NodeTypeName).title;
};
