-- Why a version was published although tests of it went another way.
alter table definitions add column despite jsonb;
