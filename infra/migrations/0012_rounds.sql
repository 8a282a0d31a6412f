-- Rounds that let contacts enter by a schedule are jobs like runs of maintenance programs: listed and bounded in the same way.
create index jobs_of_enrolment on jobs ((input->>'automation'), created_at desc, id) where kind = 'enrolment';
create unique index jobs_one_enrolment on jobs ((input->>'automation')) where kind = 'enrolment' and status = 'running';
