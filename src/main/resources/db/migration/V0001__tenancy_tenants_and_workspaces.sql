-- Tenants and workspaces: the two fences around everything else.
-- Row security is forced, so it binds the owner too. Functions that must look across tenants before a tenant is
-- known run as the owner; the policies named *_lookup open exactly those tables to the owner and to nobody else.

create table tenants (
    id uuid primary key,
    name text not null constraint tenants_name_length check (length(name) between 1 and 120),
    created_at timestamptz not null default now()
);
comment on table tenants is 'A company. In WorkOS mode one WorkOS organization.';

create table workspaces (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    name text not null constraint workspaces_name_length check (length(name) between 1 and 120),
    slug text not null constraint workspaces_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    time_zone text not null default 'UTC',
    created_at timestamptz not null default now(),
    archived_at timestamptz,
    constraint workspaces_slug_unique unique (tenant_id, slug),
    constraint workspaces_tenant_key unique (tenant_id, id)
);
comment on table workspaces is 'A team or project space inside a tenant; every row of work belongs to exactly one.';

-- nullif: after a commit a transaction-local setting reads '' and not null, and a bare cast of '' would fail.
create function current_workspace() returns uuid language sql stable parallel safe
    return nullif(current_setting('covibe.workspace_id', true), '')::uuid;

create function current_tenant() returns uuid language sql stable parallel safe
    return nullif(current_setting('covibe.tenant_id', true), '')::uuid;

alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenants_own on tenants using (id = current_tenant()) with check (id = current_tenant());
create policy tenants_lookup on tenants to current_user using (true) with check (true);

alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy workspaces_tenant on workspaces using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy workspaces_lookup on workspaces to current_user using (true) with check (true);
