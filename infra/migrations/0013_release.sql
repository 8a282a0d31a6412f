-- What a load holds is let go lane by lane: with the slots in the index, nobody looks through what other lanes hold.
drop index contacts_held;
create index contacts_held on contacts (held_by, slot, id) where held_by is not null;
