-- What automations tell people inside the product: one row for each person that a delivery is for, so that telling again tells nobody twice.
create table notices (
  person_id uuid not null references people (id) on delete cascade,
  delivery_id uuid not null,
  contact_id uuid not null,
  lead_id uuid,
  automation text not null,
  subject text not null,
  body text not null,
  at bigint not null,
  read_at timestamptz,
  primary key (person_id, delivery_id)
);
create index notices_newest on notices (person_id, at desc, delivery_id);
create index notices_unread on notices (person_id, at desc, delivery_id) where read_at is null;
