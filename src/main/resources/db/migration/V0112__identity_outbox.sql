create table outbox (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    kind text not null,
    subject text not null,
    payload jsonb not null,
    developer_id uuid,
    created_by uuid,
    created_at timestamptz not null default now(),
    attempts integer not null default 0,
    next_try_at timestamptz not null default now(),
    last_error text,
    done_at timestamptz,
    given_up_at timestamptz,
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
comment on table outbox is
    'What WorkOS is still to be told (IDN-5), so that an admin''s act survives WorkOS being away. The payload holds ids, emails and names, never a password or a token.';
create index outbox_due on outbox (next_try_at) where done_at is null and given_up_at is null;
create index outbox_by_tenant on outbox (tenant_id, id) where done_at is null and given_up_at is null;
create index outbox_by_developer on outbox (developer_id, id);

alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_tenant on outbox using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy outbox_working on outbox to current_user using (true) with check (true);

-- Hands due rows to one worker and lends them for so long: one that dies gives its rows back by time alone, and none
-- holds a connection while it waits for WorkOS. What concerns one person is told in the order in which it happened.
create function lease_outbox(lent interval, most integer)
    returns table (id uuid, tenant_id uuid, kind text, payload text, developer_id uuid, attempts integer)
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    update outbox o
       set next_try_at = now() + lent, attempts = o.attempts + 1
      from (select d.id
              from outbox d
             where d.done_at is null and d.given_up_at is null and d.next_try_at <= now()
               and not exists (select from outbox e
                                where e.developer_id = d.developer_id and e.id < d.id
                                  and e.done_at is null and e.given_up_at is null)
             order by d.next_try_at, d.id
             limit most
               for update skip locked) due
     where o.id = due.id
    returning o.id, o.tenant_id, o.kind, o.payload::text, o.developer_id, o.attempts;
end;

-- What was told long ago explains nothing any more.
create function forget_outbox(older_than interval) returns bigint
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with gone as (delete from outbox where coalesce(done_at, given_up_at) < now() - older_than returning 1)
    select count(*) from gone;
end;
