-- IDN-12: a company whose organization is gone at WorkOS is closed: its workspaces are archived in the same moment, which
-- every door already respects, and nothing in them is deleted.
alter table tenants add column closed_at timestamptz;
comment on column tenants.closed_at is
    'When the company was closed because its organization was deleted at the identity provider; its workspaces that were open then have the same archived_at.';

-- For the doctor, which belongs to no tenant: which companies are closed.
create function closed_tenants() returns table (tenant_name text, closed_at timestamptz)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select t.name, t.closed_at from tenants t where t.closed_at is not null order by t.closed_at, t.name;
end;

-- For the operator, as the database's owner: opens a closed company for another organization, with the workspaces that
-- were open when it was closed. It runs with the rights of whoever calls it, so that the server's role finds no company.
create function reopen_tenant(wanted_name text, organization text) returns integer
    language plpgsql volatile security invoker set search_path = covibe, pg_temp
as $$
declare
    company tenants;
    opened integer;
begin
    select t.* into strict company from tenants t where t.name = wanted_name and t.closed_at is not null for update;
    update workspaces set archived_at = null where tenant_id = company.id and archived_at = company.closed_at;
    get diagnostics opened = row_count;
    update tenants set closed_at = null, workos_organization_id = organization where id = company.id;
    insert into audit_entries (id, tenant_id, action, subject)
    values (gen_random_uuid(), company.id, 'tenant.reopened', company.name || ', for ' || organization);
    return opened;
end;
$$;
