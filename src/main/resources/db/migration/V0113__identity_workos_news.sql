create table workos_news (
    entity text primary key,
    event_id text not null,
    happened_at timestamptz not null,
    heard_at timestamptz not null default now()
);
comment on table workos_news is
    'The newest event of each user, membership and organization that WorkOS told of (IDN-12). Older ones that arrive later are passed over, and so is one that arrives twice.';

alter table workos_news enable row level security;
alter table workos_news force row level security;
create policy workos_news_lookup on workos_news to current_user using (true) with check (true);

create function workos_news_is_new(of_entity text, of_event text, at timestamptz) returns boolean
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select not exists (select from workos_news n
                        where n.entity = of_entity and (n.event_id = of_event or n.happened_at > at));
end;

create function record_workos_news(of_entity text, of_event text, at timestamptz) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    insert into workos_news as known (entity, event_id, happened_at) values (of_entity, of_event, at)
        on conflict (entity) do update set event_id = excluded.event_id, happened_at = excluded.happened_at, heard_at = now()
         where known.happened_at <= excluded.happened_at;
end;
