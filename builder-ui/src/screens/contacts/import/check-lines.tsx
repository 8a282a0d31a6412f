import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueryView } from '../../../ui/states.tsx';
import { Preview } from './preview.tsx';
import { previewOf, type Reading } from './read-file.ts';

const reading = { kind: 'json' } as const;
const previewRows = 20;

/** JSON lines say themselves what they mean: a look at the first ones. */
export function CheckLines(given: { file: File; onBack: () => void; onStart: (reading: Reading) => void }) {
  const { file } = given;
  const query = useQuery({
    queryKey: ['file', file.name, file.size, file.lastModified, 'lines'],
    queryFn: () => previewOf(file, reading, previewRows, Date.now()),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <>
      <Text mb="sm">Each line of {file.name} is one call of the tracking API, with its own timestamp.</Text>
      <QueryView query={query}>{(rows) => <Preview rows={rows} />}</QueryView>
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={given.onBack}>
          Another file
        </Button>
        <Button disabled={!query.data?.some(({ outcome }) => outcome.ok)} onClick={() => given.onStart(reading)}>
          Start the import
        </Button>
      </Group>
    </>
  );
}
