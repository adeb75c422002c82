create table attempts (
    kind text not null,
    who_hash bytea not null,
    since timestamptz not null,
    count integer not null,
    primary key (kind, who_hash, since)
);
create index attempts_by_time on attempts (since);
comment on table attempts is
    'How often somebody tried something that must not be tried often (PLT-9), counted for all instances together. Who is a keyed hash of an address or a person.';

alter table attempts enable row level security;
alter table attempts force row level security;
create policy attempts_lookup on attempts to current_user using (true) with check (true);

create function count_attempt(what text, who bytea, lasting interval) returns integer
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    delete from attempts where since < now() - interval '1 day';
    insert into attempts as known (kind, who_hash, since, count)
    values (what, who, date_bin(lasting, now(), timestamptz '2000-01-01'), 1)
        on conflict (kind, who_hash, since) do update set count = known.count + 1
    returning count;
end;
