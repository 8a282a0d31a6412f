import type { Rule } from '@ripen/shared';
import { useRef, type KeyboardEvent } from 'react';
import { number } from '../../../ui/words.ts';
import type { ModelProblem } from '../problems.ts';
import type { RuleGroup } from './arrange.ts';
import { RuleRow } from './rule-row.tsx';
import styles from './rules.module.css';

/** Rules under their groups. Enter in a points field goes on to the next rule's, Shift+Enter back. */
export function RuleTable(given: {
  groups: readonly RuleGroup[];
  problems: readonly ModelProblem[];
  readOnly: boolean;
  opened: string | null;
  onOpen: (rule: Rule) => void;
  onPoints: (rule: Rule, points: number) => void;
  onDuplicate: (rule: Rule) => void;
  onDelete: (rule: Rule) => void;
}) {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = [...(table.current?.querySelectorAll<HTMLInputElement>('[data-points] input') ?? [])];
    const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    next?.focus();
    next?.select();
  };
  return (
    <table className={styles.table} ref={table} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col" className={styles.tier}>
            Tier
          </th>
          <th scope="col" className={styles.counts}>
            Counts
          </th>
          <th scope="col" className={styles.points}>
            Points
          </th>
          <th scope="col" className={styles.menu}>
            <span className="heard">More</span>
          </th>
        </tr>
      </thead>
      {given.groups.map(({ group, rules, hidden }) => (
        <tbody key={group.id}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={5}>
              {group.name || 'Without a name'}
              <span className={styles.soft}>
                {group.kind === 'profile' ? 'who they are' : 'what they do'}
                {group.cap === undefined ? '' : ` · at most ${number(group.cap)} points`}
                {hidden > 0 ? ` · ${hidden} more not shown` : ''}
              </span>
            </th>
          </tr>
          {rules.length === 0 && (
            <tr>
              <td colSpan={5} className={styles.none}>
                No rules yet.
              </td>
            </tr>
          )}
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              problem={given.problems.find((problem) => problem.rule === rule.id)}
              readOnly={given.readOnly}
              opened={given.opened === rule.id}
              onOpen={() => given.onOpen(rule)}
              onPoints={(points) => given.onPoints(rule, points)}
              onDuplicate={() => given.onDuplicate(rule)}
              onDelete={() => given.onDelete(rule)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}
