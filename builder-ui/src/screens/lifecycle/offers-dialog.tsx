import { Text } from '@mantine/core';
import type { Lifecycle } from '@ripen/shared';
import { useState } from 'react';
import { NumberField } from '../../fields/index.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { number } from '../../ui/words.ts';
import { thresholdsFromOffers } from './edit.ts';

/** Works the thresholds out from how many free offers there are. */
export function OffersDialog(given: {
  lifecycle: Lifecycle;
  onChange: (lifecycle: Lifecycle) => void;
  onClose: () => void;
}) {
  const { lifecycle, onChange, onClose } = given;
  const [offers, setOffers] = useState<number | undefined>(5);
  const [pointsEach, setPointsEach] = useState<number | undefined>(10);
  const [step, setStep] = useState<number | undefined>(25);
  const whole =
    offers !== undefined && pointsEach !== undefined && step !== undefined && offers > 1 && pointsEach > 0 && step > 0;
  const next = whole ? thresholdsFromOffers(lifecycle, { offers, pointsEach, step }) : null;
  return (
    <FormDialog
      title="Thresholds from free offers"
      act="Set the thresholds"
      busy={false}
      disabled={next === null}
      error={null}
      onClose={onClose}
      onSubmit={() => {
        if (next) onChange(next);
        onClose();
      }}
    >
      <Text size="sm" c="dimmed">
        Who takes one free offer is in the first stage, who takes all of them in the second. Each stage after it lies a
        step above.
      </Text>
      <NumberField label="Free offers that you have" min={2} value={offers} onChange={setOffers} />
      <NumberField
        label="Points for one of them"
        unit="points"
        unitWidth={58}
        min={1}
        value={pointsEach}
        onChange={setPointsEach}
      />
      <NumberField
        label="From a stage to the next"
        unit="points"
        unitWidth={58}
        min={1}
        value={step}
        onChange={setStep}
      />
      {next && (
        <Text size="sm">
          {next.stages
            .filter(({ threshold }) => threshold !== undefined)
            .map(({ name, threshold }) => `${name} ${number(threshold ?? 0)}`)
            .join(', ')}
        </Text>
      )}
    </FormDialog>
  );
}
