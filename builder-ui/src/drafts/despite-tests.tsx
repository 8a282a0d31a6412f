import { Checkbox, Textarea } from '@mantine/core';

/** Overrules tests that go another way, with a reason that is kept. `reason` is null while they are not. */
export function DespiteTests(given: { reason: string | null; onReason: (reason: string | null) => void }) {
  const { reason, onReason } = given;
  return (
    <>
      <Checkbox
        mt="xs"
        label="Publish it all the same"
        checked={reason !== null}
        onChange={({ currentTarget }) => onReason(currentTarget.checked ? '' : null)}
      />
      {reason !== null && (
        <Textarea
          mt="xs"
          label="Why"
          description="Kept with the version, with your name and what the tests said."
          required
          autosize
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => onReason(currentTarget.value)}
        />
      )}
    </>
  );
}
