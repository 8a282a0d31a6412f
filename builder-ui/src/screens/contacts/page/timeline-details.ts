import type { TimelineItem } from '@ripen/shared';
import { pathWords } from '../../../fields/names.ts';
import { exactTime, humanise, number, signed } from '../../../ui/words.ts';
import { flat, valueInWords } from './values.ts';

type Detail = [label: string, value: string];

const moment = (text: string): string => exactTime(Date.parse(text));

const optional = (label: string, value: string | null | undefined): Detail[] => (value ? [[label, value]] : []);

/** Everything that is known of an item, as labels and values. */
export const detailsOf = (item: TimelineItem): Detail[] => {
  switch (item.kind) {
    case 'event':
      return [
        ...flat(item.properties).map(([path, value]): Detail => [pathWords(path), valueInWords(value)]),
        ...flat(item.fields).map(([path, value]): Detail => [
          `Field ${pathWords(path).toLowerCase()}`,
          valueInWords(value),
        ]),
        ...(item.occurredAt === item.at
          ? optional('Happened', moment(item.at))
          : [...optional('Happened', moment(item.occurredAt)), ...optional('Arrived', moment(item.at))]),
        ...(item.backfilled ? ([['Source', 'Historical load']] as Detail[]) : []),
        ...item.notes.map((note): Detail => ['Note', note]),
        ['Message id', item.messageId],
      ];
    case 'points':
      return [
        [`${signed(item.points)} ${item.groupName ?? item.modelName}`, `${item.causeName} (${item.modelName})`],
        ...optional('Reason', item.reason),
        ...(item.earnedAt === item.at ? [] : optional('Earned', moment(item.earnedAt))),
        ...optional('Expires', item.expiresAt && moment(item.expiresAt)),
      ];
    case 'move':
      return [
        ['From', item.fromName ?? item.from ?? 'no stage'],
        ['To', item.toName ?? item.to ?? 'no stage'],
        ['Because of', item.causeName],
        ...optional('Passed on the way', item.passed.map(humanise).join(', ')),
        ['At', moment(item.at)],
      ];
    case 'run':
      return [
        ['Automation', `${item.automationName}, version ${item.version}`],
        ['Status', humanise(item.status)],
        ...optional('Step', item.nodeTitle),
        ...optional('Waits until', item.until && moment(item.until)),
        ...optional('Error', item.error),
        ['Started', moment(item.at)],
      ];
    case 'lead':
      return [
        ['Queue', item.queueName],
        ...optional('Sales person', item.repName),
        ['Status', humanise(item.status)],
        ...optional('Reason', item.reason),
        ...optional('Value', item.value === null ? null : number(item.value)),
        ['Handed over', moment(item.at)],
      ];
  }
};
