-- How people keep automations in order; nothing here is published. Folders are in `automation_folders`.

create table automation_labels (
  automation text not null,
  label text not null,
  primary key (automation, label)
);

-- Whom to ask about it.
create table automation_owners (
  automation text primary key,
  person_id uuid not null references people on delete cascade
);
create index automation_owners_person on automation_owners (person_id);

-- Whose favourite it is.
create table automation_stars (
  person_id uuid not null references people on delete cascade,
  automation text not null,
  primary key (person_id, automation)
);
