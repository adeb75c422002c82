-- The doors: what must happen before a tenant or workspace is known. Each runs as the owner with a fixed search
-- path, takes hashes and not secrets, and answers the least that its caller needs.

create function find_token(token_hash bytea)
    returns table (token_id uuid, tenant_id uuid, workspace_id uuid, developer_id uuid, handle text, role text,
                   token_name text, agent_type text, last_used_at timestamptz)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select t.id, t.tenant_id, t.workspace_id, t.developer_id, d.handle, d.role, t.name, t.agent_type, t.last_used_at
      from mcp_tokens t
      join developers d on d.id = t.developer_id and d.removed_at is null
      join workspaces w on w.id = t.workspace_id and w.archived_at is null
      join workspace_members m on m.workspace_id = t.workspace_id and m.developer_id = t.developer_id
     where t.hash = token_hash
       and t.revoked_at is null
       and (t.expires_at is null or t.expires_at > now());
end;

-- Last use is kept to the quarter of an hour: fine enough to find dead tokens, too coarse to watch a person.
create function touch_token(token uuid) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    update mcp_tokens
       set last_used_at = greatest(created_at, date_bin('15 minutes', now(), timestamptz '2000-01-01'))
     where id = token
       and (last_used_at is null or last_used_at < date_bin('15 minutes', now(), timestamptz '2000-01-01'));
end;

create function find_person_session(session_hash bytea)
    returns table (session_id uuid, email text, tenant_id uuid, developer_id uuid, workspace_id uuid,
                   handle text, name text, role text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select s.id, s.email, d.tenant_id, d.id, m.workspace_id, d.handle, d.name, d.role
      from person_sessions s
      left join developers d on d.id = s.developer_id and d.removed_at is null
      left join workspaces w on w.id = s.workspace_id and w.archived_at is null
      left join workspace_members m on m.workspace_id = w.id and m.developer_id = d.id
     where s.hash = session_hash
       and s.expires_at > now();
end;

create function memberships_of(person_email text)
    returns table (tenant_id uuid, tenant_name text, workspace_id uuid, workspace_name text, developer_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select t.id, t.name, w.id, w.name, d.id
      from developers d
      join tenants t on t.id = d.tenant_id
      join workspace_members m on m.developer_id = d.id
      join workspaces w on w.id = m.workspace_id and w.archived_at is null
     where d.email = person_email
       and d.removed_at is null
     order by t.name, w.name, w.id;
end;

create function open_person_session(session_id uuid, session_hash bytea, person_email text, tenant uuid,
                                    developer uuid, workspace uuid, expires timestamptz) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    insert into person_sessions (id, hash, email, tenant_id, developer_id, workspace_id, expires_at)
    values (session_id, session_hash, person_email, tenant, developer, workspace, expires);
    delete from person_sessions where expires_at < now() - interval '1 day';
end;

-- Moves a session into a workspace only where the session's own person is a member: the check is here, not in the caller.
create function enter_workspace(session_hash bytea, workspace uuid) returns boolean
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    with entered as (
        update person_sessions s
           set tenant_id = d.tenant_id, developer_id = d.id, workspace_id = m.workspace_id
          from developers d
          join workspace_members m on m.developer_id = d.id
          join workspaces w on w.id = m.workspace_id and w.archived_at is null
         where s.hash = session_hash
           and s.expires_at > now()
           and d.email = s.email
           and d.removed_at is null
           and m.workspace_id = workspace
        returning 1)
    select exists (select from entered);
end;

create function close_person_session(session_hash bytea) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    delete from person_sessions where hash = session_hash;
end;

-- Onboarding: a tenant, its first workspace and its first admin, or nothing.
create function open_tenant(tenant uuid, tenant_name text, workspace uuid, workspace_name text, workspace_slug text,
                            developer uuid, person_email text, person_name text, person_handle text) returns void
    language sql volatile security definer set search_path = covibe, pg_temp
begin atomic
    insert into tenants (id, name) values (tenant, tenant_name);
    insert into workspaces (id, tenant_id, name, slug) values (workspace, tenant, workspace_name, workspace_slug);
    insert into developers (id, tenant_id, email, name, handle, role)
    values (developer, tenant, person_email, person_name, person_handle, 'admin');
    insert into workspace_members (tenant_id, workspace_id, developer_id) values (tenant, workspace, developer);
end;
