-- Sessions that an identity provider vouches for (IDN-2, IDN-3). Such a session is of one provider user and of at most one
-- organization, and opens only tenants of just that organization; to go to another company is to sign in there.
alter table person_sessions
    add column provider_user_id text,
    add column organization_id text,
    add column sign_out_url text,
    add constraint person_sessions_provider_is_whole check (provider_user_id is not null or (organization_id is null and sign_out_url is null));
comment on column person_sessions.sign_out_url is 'Where the browser ends the provider''s own session; holds no token.';

drop function find_person_session(bytea);
create function find_person_session(session_hash bytea)
    returns table (session_id uuid, email text, tenant_id uuid, developer_id uuid, workspace_id uuid,
                   handle text, name text, role text, provider_user_id text, organization_id text, sign_out_url text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select s.id, coalesce(d.email, s.email), d.tenant_id, d.id, m.workspace_id, d.handle, d.name, d.role,
           s.provider_user_id, s.organization_id, s.sign_out_url
      from person_sessions s
      left join developers d on d.id = s.developer_id and d.removed_at is null
      left join workspaces w on w.id = s.workspace_id and w.archived_at is null
      left join workspace_members m on m.workspace_id = w.id and m.developer_id = d.id
     where s.hash = session_hash
       and s.expires_at > now();
end;

-- The seats of a provider's person. Who was invited by email is known by that email once, when they first arrive, and by
-- the provider's id ever after; an email that later belongs to somebody else opens nothing.
create function open_provider_session(new_id uuid, session_hash bytea, person_email text, person text,
                                      organization text, sign_out text, wanted_workspace uuid, expires timestamptz)
    returns table (tenant_id uuid, workspace_id uuid, developer_id uuid)
    language plpgsql volatile security definer set search_path = covibe, pg_temp
as $$
#variable_conflict use_column
begin
    update developers d
       set workos_user_id = person
      from tenants t
     where t.id = d.tenant_id
       and t.workos_organization_id is not distinct from organization
       and d.email = person_email
       and d.workos_user_id is null
       and d.removed_at is null
       and not exists (select from developers other where other.tenant_id = d.tenant_id and other.workos_user_id = person);

    delete from person_sessions where expires_at < now() - interval '1 day';

    return query
        with seat as (
            select d.tenant_id, m.workspace_id, d.id as developer_id
              from developers d
              join tenants t on t.id = d.tenant_id
              join workspace_members m on m.developer_id = d.id
              join workspaces w on w.id = m.workspace_id and w.archived_at is null
             where d.workos_user_id = person
               and d.removed_at is null
               and t.workos_organization_id is not distinct from organization
             order by (w.id = wanted_workspace) is true desc, t.name, w.name, w.id
             limit 1),
        opened as (
            insert into person_sessions (id, hash, email, tenant_id, developer_id, workspace_id, expires_at,
                                         provider_user_id, organization_id, sign_out_url)
            select new_id, session_hash, person_email, seat.tenant_id, seat.developer_id, seat.workspace_id, expires,
                   person, organization, sign_out
              from (values (1)) as always left join seat on true)
        select seat.tenant_id, seat.workspace_id, seat.developer_id from seat;
end;
$$;

-- As before, and a provider's session goes only where its organization is.
create or replace function enter_workspace(session_hash bytea, workspace uuid) returns boolean
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with entered as (
        update person_sessions s
           set tenant_id = d.tenant_id, developer_id = d.id, workspace_id = m.workspace_id
          from developers d
          join tenants t on t.id = d.tenant_id
          join workspace_members m on m.developer_id = d.id
          join workspaces w on w.id = m.workspace_id and w.archived_at is null
         where s.hash = session_hash
           and s.expires_at > now()
           and d.removed_at is null
           and m.workspace_id = workspace
           and case when s.provider_user_id is null
                    then d.email = s.email
                    else d.workos_user_id = s.provider_user_id
                         and t.workos_organization_id is not distinct from s.organization_id
               end
        returning 1)
    select exists (select from entered);
end;

-- Onboarding through a provider: the tenant is the organization. A second tenant for one organization violates its
-- unique constraint. The session that opens it goes on as one of that organization.
create function open_organization_tenant(tenant uuid, tenant_name text, workspace uuid, workspace_name text,
                                         workspace_slug text, developer uuid, person_name text, person_handle text,
                                         session_hash bytea, organization text) returns boolean
    language plpgsql volatile security definer set search_path = covibe, pg_temp
as $$
declare
    s person_sessions;
begin
    select * into s from person_sessions p
     where p.hash = session_hash and p.expires_at > now() and p.provider_user_id is not null
       for update;
    -- A session that its provider tied to an organization opens that one and no other.
    if not found or (s.organization_id is not null and s.organization_id is distinct from organization) then
        return false;
    end if;
    insert into tenants (id, name, workos_organization_id) values (tenant, tenant_name, organization);
    insert into workspaces (id, tenant_id, name, slug) values (workspace, tenant, workspace_name, workspace_slug);
    insert into developers (id, tenant_id, email, name, handle, role, workos_user_id)
    values (developer, tenant, s.email, person_name, person_handle, 'admin', s.provider_user_id);
    insert into workspace_members (tenant_id, workspace_id, developer_id) values (tenant, workspace, developer);
    update person_sessions
       set organization_id = organization, tenant_id = tenant, developer_id = developer, workspace_id = workspace
     where hash = session_hash;
    return true;
end;
$$;

-- Which organization a workspace of this person belongs to, for switching to it. Empty for workspaces of others.
create function organization_of_workspace(session_hash bytea, workspace uuid) returns text
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select t.workos_organization_id
      from person_sessions s
      join developers d on d.removed_at is null
                       and (d.workos_user_id = s.provider_user_id or (d.workos_user_id is null and d.email = s.email))
      join workspace_members m on m.developer_id = d.id and m.workspace_id = workspace
      join tenants t on t.id = d.tenant_id
     where s.hash = session_hash
       and s.expires_at > now();
end;

-- For whom an access token of the provider speaks (IDN-9). Without an organization in the token the person must belong to
-- one tenant only, or name the workspace.
create function seats_of_provider_user(person text, organization text)
    returns table (tenant_id uuid, workspace_id uuid, workspace_slug text, developer_id uuid, handle text, role text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select d.tenant_id, w.id, w.slug, d.id, d.handle, d.role
      from developers d
      join tenants t on t.id = d.tenant_id
      join workspace_members m on m.developer_id = d.id
      join workspaces w on w.id = m.workspace_id and w.archived_at is null
     where d.workos_user_id = person
       and d.removed_at is null
       and t.workos_organization_id is not null
       and (organization is null or t.workos_organization_id = organization)
     order by t.name, w.name, w.id;
end;
