create sequence work_events_seq;

-- tx orders events by commit visibility: a reader takes rows below the oldest running transaction and resumes from
-- (tx, seq), so no event that commits late is ever skipped and writers never wait for one another.
create table work_events (
    workspace_id uuid not null references workspaces (id),
    at timestamptz not null,
    tx bigint not null default (pg_current_xact_id()::text::bigint),
    seq bigint not null default nextval('work_events_seq'),
    id uuid not null,
    kind text not null,
    subject_kind text not null,
    subject_id uuid not null,
    subject_key text not null,
    task_id uuid,
    workstream_id uuid,
    developer_id uuid not null,
    session_id uuid,
    token_id uuid,
    agent text,
    payload jsonb not null,
    primary key (workspace_id, at, id)
) partition by range (at);
create index work_events_by_arrival on work_events (workspace_id, tx, seq);
create index work_events_by_task on work_events (workspace_id, task_id, at desc) where task_id is not null;
create index work_events_by_workstream on work_events (workspace_id, workstream_id, at desc) where workstream_id is not null;
comment on table work_events is 'The append-only log of everything that happened to work (CRD-1). Partitioned by month.';

alter table work_events enable row level security;
alter table work_events force row level security;
create policy work_events_read on work_events for select using (workspace_id = current_workspace());
create policy work_events_append on work_events for insert with check (workspace_id = current_workspace());

-- The runtime role owns nothing, so it asks for partitions here. A partition is reached through its parent alone:
-- it has row security without a policy and no grants, so a direct read of it finds nothing.
create function ensure_event_partitions(first_month date, last_month date) returns void
    language plpgsql volatile security definer set search_path = covibe, pg_temp as $$
declare
    month date := date_trunc('month', first_month)::date;
    partition_name text;
    grantee text;
begin
    perform pg_advisory_xact_lock(hashtext('covibe.partitions'));
    while month <= last_month loop
        partition_name := 'work_events_' || to_char(month, 'YYYY_MM');
        if to_regclass('covibe.' || partition_name) is null then
            execute format('create table %I partition of work_events for values from (%L) to (%L)',
                           partition_name, month::timestamp at time zone 'UTC',
                           (month + interval '1 month')::timestamp at time zone 'UTC');
            execute format('alter table %I enable row level security', partition_name);
            execute format('alter table %I force row level security', partition_name);
            for grantee in
                select distinct case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end
                  from pg_class c
                  cross join aclexplode(c.relacl) a
                  left join pg_roles r on r.oid = a.grantee
                 where c.oid = to_regclass('covibe.' || partition_name)
                   and a.grantee <> c.relowner
            loop
                execute format('revoke all on %I from %s', partition_name, grantee);
            end loop;
        end if;
        month := (month + interval '1 month')::date;
    end loop;
end;
$$;

select ensure_event_partitions((now() at time zone 'UTC' - interval '3 months')::date, (now() at time zone 'UTC' + interval '6 months')::date);

-- What a server needs to notice news that a lost notification did not bring: the newest event of each watched workspace.
create function newest_events(workspaces uuid[]) returns table (workspace_id uuid, seq bigint)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w, coalesce((select e.seq from work_events e where e.workspace_id = w order by e.tx desc, e.seq desc limit 1), 0)
      from unnest(workspaces) as w;
end;
create policy work_events_newest on work_events for select to current_user using (true);
