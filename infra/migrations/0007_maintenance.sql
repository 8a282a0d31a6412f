-- Runs of maintenance programs are jobs: the history of a program is a range of an index, and one run is under way at a time.
create index jobs_of_maintenance on jobs ((input->>'program'), created_at desc, id) where kind = 'maintenance';
create unique index jobs_one_maintenance on jobs ((input->>'program')) where kind = 'maintenance' and status = 'running';
