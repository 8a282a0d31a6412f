import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Rule, ScoreModel } from '@ripen/shared';
import { restoreRule } from '../edit.ts';

/** Says that a rule is gone, and takes that back for a while. */
export const undoDelete = (
  rule: Rule,
  at: number,
  model: () => ScoreModel,
  onChange: (model: ScoreModel) => void,
): void => {
  const id = notifications.show({
    color: 'leaf',
    autoClose: 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>“{rule.name}” is deleted.</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onChange(restoreRule(model(), rule, at));
            notifications.hide(id);
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
};
