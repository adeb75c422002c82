create table device_grants (
    id uuid primary key,
    device_hash bytea not null unique,
    user_hash bytea not null unique,
    host_name text not null constraint device_grants_host_length check (length(host_name) between 1 and 120),
    address text not null,
    agents text[] not null constraint device_grants_agents_count check (cardinality(agents) between 1 and 10),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    polled_at timestamptz,
    interval_seconds integer not null default 5,
    denied_at timestamptz,
    approved_at timestamptz,
    redeemed_at timestamptz,
    tenant_id uuid,
    workspace_id uuid,
    developer_id uuid,
    constraint device_grants_one_decision check (denied_at is null or approved_at is null),
    constraint device_grants_approval_is_whole check ((approved_at is null) = (workspace_id is null) and (approved_at is null) = (developer_id is null) and (approved_at is null) = (tenant_id is null)),
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id),
    foreign key (tenant_id, developer_id) references developers (tenant_id, id)
);
create index device_grants_by_expiry on device_grants (expires_at);
comment on table device_grants is
    'A machine that asks for tokens, and what a person said to it (IDN-8). Used before a tenant is known, so only through functions; both codes are kept as keyed hashes and work once.';

alter table device_grants enable row level security;
alter table device_grants force row level security;
create policy device_grants_lookup on device_grants to current_user using (true) with check (true);

create function begin_device_grant(grant_id uuid, device_code_hash bytea, user_code_hash bytea, host text, asker text,
                                   wanted text[], expires timestamptz) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    delete from device_grants where expires_at < now() - interval '1 day';
    insert into device_grants (id, device_hash, user_hash, host_name, address, agents, expires_at)
    values (grant_id, device_code_hash, user_code_hash, host, asker, wanted, expires);
end;

-- What the person sees who typed the code: only while nobody has decided.
create function find_device_grant(user_code_hash bytea)
    returns table (grant_id uuid, host_name text, address text, agents text[], created_at timestamptz, expires_at timestamptz)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select g.id, g.host_name, g.address, g.agents, g.created_at, g.expires_at
      from device_grants g
     where g.user_hash = user_code_hash
       and g.expires_at > now() and g.denied_at is null and g.approved_at is null;
end;

-- The first decision stands. Nobody can approve for a workspace that they are not a member of.
create function decide_device_grant(user_code_hash bytea, tenant uuid, workspace uuid, developer uuid, approved boolean)
    returns boolean
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with decided as (
        update device_grants g
           set denied_at = case when approved then null else now() end,
               approved_at = case when approved then now() end,
               tenant_id = case when approved then tenant end,
               workspace_id = case when approved then workspace end,
               developer_id = case when approved then developer end
         where g.user_hash = user_code_hash
           and g.expires_at > now() and g.denied_at is null and g.approved_at is null
           and exists (select from workspace_members m
                         join developers d on d.id = m.developer_id and d.removed_at is null
                         join workspaces w on w.id = m.workspace_id and w.archived_at is null
                        where m.tenant_id = tenant and m.workspace_id = workspace and m.developer_id = developer)
        returning 1)
    select exists (select from decided);
end;

-- What the waiting machine is told, in the words of RFC 8628. Whoever asks too soon is told to slow down, and must.
create function poll_device_grant(device_code_hash bytea)
    returns table (status text, grant_id uuid, tenant_id uuid, workspace_id uuid, developer_id uuid, handle text, role text,
                   agents text[], host_name text)
    language plpgsql volatile security definer set search_path = covibe, pg_temp
as $$
#variable_conflict use_column
declare
    g device_grants;
    too_soon boolean;
begin
    select * into g from device_grants where device_hash = device_code_hash for update;
    if not found or g.expires_at <= now() or g.redeemed_at is not null then
        return query select 'expired_token', null::uuid, null::uuid, null::uuid, null::uuid, null::text, null::text, null::text[], null::text;
    elsif g.denied_at is not null then
        return query select 'access_denied', null::uuid, null::uuid, null::uuid, null::uuid, null::text, null::text, null::text[], null::text;
    elsif g.approved_at is null then
        too_soon := g.polled_at > now() - make_interval(secs => g.interval_seconds - 0.5);
        update device_grants
           set polled_at = now(), interval_seconds = interval_seconds + case when too_soon then 5 else 0 end
         where id = g.id;
        return query select case when too_soon then 'slow_down' else 'authorization_pending' end,
                            null::uuid, null::uuid, null::uuid, null::uuid, null::text, null::text, null::text[], null::text;
    else
        return query
            select 'approved', g.id, g.tenant_id, g.workspace_id, d.id, d.handle, d.role, g.agents, g.host_name
              from developers d
             where d.id = g.developer_id and d.removed_at is null;
        if not found then
            return query select 'access_denied', null::uuid, null::uuid, null::uuid, null::uuid, null::text, null::text, null::text[], null::text;
        end if;
    end if;
end;
$$;

-- True for the one who may make the tokens: in the transaction that makes them.
create function redeem_device_grant(grant_id uuid) returns boolean
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with redeemed as (
        update device_grants set redeemed_at = now()
         where id = grant_id and approved_at is not null and redeemed_at is null
        returning 1)
    select exists (select from redeemed);
end;
