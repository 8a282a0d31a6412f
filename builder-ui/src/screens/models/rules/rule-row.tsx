import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import type { Rule } from '@ripen/shared';
import { PointsField, useNames } from '../../../fields/index.ts';
import { Points } from '../../../ui/marks.tsx';
import type { ModelProblem } from '../problems.ts';
import { describeRule, ruleCounts, tierWords } from '../words.ts';
import styles from './rules.module.css';

/** A rule: what it looks at and what it is worth. Points are edited in place. */
export function RuleRow(given: {
  rule: Rule;
  problem: ModelProblem | undefined;
  readOnly: boolean;
  opened: boolean;
  onOpen: () => void;
  onPoints: (points: number) => void;
  onDuplicate: () => void;
  onDelete: () => void;
}) {
  const { rule, problem } = given;
  const names = useNames();
  const name = rule.name || 'Without a name';
  return (
    <tr className={styles.rule} data-opened={given.opened || undefined}>
      <td className={styles.what}>
        <button type="button" className={styles.name} data-rule={rule.id} onClick={given.onOpen}>
          {name}
        </button>
        {problem && (
          <Tooltip label={problem.message} multiline maw={320}>
            <IconAlertTriangle
              size={15}
              className={styles.problem}
              data-severity={problem.severity}
              role="img"
              aria-label={problem.message}
            />
          </Tooltip>
        )}
        <div className={styles.looks}>{describeRule(rule, names)}</div>
        <div className={styles.onPhone}>
          {[rule.tier && tierWords[rule.tier], ruleCounts(rule)].filter(Boolean).join(' · ')}
        </div>
      </td>
      <td className={styles.tier}>{rule.tier ? tierWords[rule.tier] : <span className={styles.faint}>–</span>}</td>
      <td className={styles.counts}>{ruleCounts(rule)}</td>
      <td className={styles.points}>
        {given.readOnly ? (
          <Points value={rule.points} />
        ) : (
          <div data-points data-sign={rule.points > 0 ? 'plus' : rule.points < 0 ? 'minus' : undefined}>
            <PointsField
              aria-label={`Points of ${name}`}
              value={rule.points}
              // May be missing while it is typed; the schema says so.
              onChange={(points) => given.onPoints(points as number)}
            />
          </div>
        )}
      </td>
      <td className={styles.menu}>
        {!given.readOnly && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More about ${name}`}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={given.onOpen}>
                Edit
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={16} />} onClick={given.onDuplicate}>
                Duplicate
              </Menu.Item>
              <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={given.onDelete}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </td>
    </tr>
  );
}
