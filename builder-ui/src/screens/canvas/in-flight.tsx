import { Radio, Stack, Text } from '@mantine/core';
import type { Automation, InFlight, InFlightAct, NodeTypeName } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { inFlightQuery } from '../../api/in-flight.ts';
import { lookOf } from '../../nodes/index.ts';
import { count } from '../../ui/words.ts';
import dialog from './publish-dialog.module.css';

/** What becomes of those who wait inside when another version is live. */
export type InFlightChoice = 'finish' | InFlightAct;

type Place = InFlight['items'][number];

/** Who can go over to the new version: the step that they wait at is there, and of the same kind. */
const staysIn = (draft: Automation, { node, type }: Place): boolean =>
  draft.nodes.some((each) => each.id === node && each.type === type);

const people = (places: readonly Place[]): number => places.reduce((sum, { waiting }) => sum + waiting, 0);

/** Those in flight, step by step, and the choice between finishing, moving and cancelling. */
export function InFlightPicker(given: {
  draft: Automation;
  version: number;
  choice: InFlightChoice;
  onChoice: (choice: InFlightChoice) => void;
}) {
  const { draft, version, choice } = given;
  const { data } = useQuery(inFlightQuery(draft.id));
  const places = data?.items ?? [];
  const [inside, lost] = [people(places), places.filter((place) => !staysIn(draft, place))];
  if (inside === 0) return null;
  return (
    <section aria-label="Those inside">
      <h3 className={dialog.sub}>{count(inside, 'person waits', 'people wait')} inside</h3>
      <Radio.Group
        aria-label="What becomes of those inside"
        value={choice}
        onChange={(value) => given.onChoice(value === 'move' || value === 'cancel' ? value : 'finish')}
      >
        <Stack gap="xs">
          <Radio value="finish" label="They finish on the version that they entered" />
          <Radio
            value="move"
            label={`They go over to version ${version}`}
            description={
              lost.length === 0
                ? 'Each waits on at the same step, until the moment that they wait for now.'
                : `${count(people(lost), 'person', 'people')} cannot: their step is gone or is another kind of step. They finish where they are.`
            }
          />
          <Radio
            value="cancel"
            label="Their runs end here"
            description="What was given to them stays; nothing more happens."
          />
        </Stack>
      </Radio.Group>
      <ul className={dialog.changes} data-first>
        {places.map((place) => (
          <li key={`${place.version} ${place.node}`}>
            <span className={dialog.title}>{titleOf(place)}</span>
            <span className={dialog.detail}>
              {count(place.waiting, 'person', 'people')}, version {place.version}
              {choice === 'move' && !staysIn(draft, place) && <Text span c="var(--warn)">{` · stay on it`}</Text>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const titleOf = ({ type, node }: Place): string => {
  // What the server knows as a type of a step is one; what it does not know is called by its id.
  return type === null ? node : lookOf(type as NodeTypeName).title;
};
