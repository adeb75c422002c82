-- A tenant is one WorkOS organization and a developer one WorkOS user (IDN-3). Local mode leaves both empty. With a
-- standard OIDC provider the same columns keep that provider's ids.
alter table tenants add column workos_organization_id text
    constraint tenants_workos_organization_unique unique
    constraint tenants_workos_organization_form check (length(workos_organization_id) between 1 and 255);

alter table developers add column workos_user_id text
    constraint developers_workos_user_form check (length(workos_user_id) between 1 and 255);
create unique index developers_workos_user_unique on developers (workos_user_id, tenant_id) where workos_user_id is not null;

-- Which tenant an organization is, before anybody is signed in.
create function tenant_of_organization(organization text) returns table (tenant_id uuid, tenant_name text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select id, name from tenants where workos_organization_id = organization;
end;

-- Who a WorkOS user is, in every tenant; removed people too, so that news of them finds their rows.
create function developers_of_workos_user(person text)
    returns table (tenant_id uuid, developer_id uuid, email text, removed boolean)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select d.tenant_id, d.id, d.email, d.removed_at is not null
      from developers d
     where d.workos_user_id = person
     order by d.tenant_id;
end;
